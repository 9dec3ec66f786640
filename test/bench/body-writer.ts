import { type Json, responseOf } from "./response.ts";

const words = (
  " the of and to in is that for it as was with be by on not this are or from at which have an" +
  " function return value stream event parser buffer chunk index length error retry request" +
  " response token cache ."
).split(/(?= )/);
const json =
  '{"|path|":"|src|/|stream|.ts|","|old|_text|\\n|  |const| value| =| read|(|);|","|new|":| 42|},'.split(
    "|",
  );
const padding = "aZ4kQ9tXw2LmB7cR5vNpJ1sYd8HfG3uE";

/** Writes the events of one response in the order and with the fields of the API. */
export class BodyWriter {
  readonly #dashes: boolean;
  readonly #events: string[] = [];
  readonly #output: Json[] = [];
  readonly #written = { text: 0, arguments: 0, reasoning: 0 };
  #seed = 1;

  constructor(dashes: boolean) {
    this.#dashes = dashes;
  }

  begin(): void {
    const response = responseOf("in_progress", []);
    this.#add("response.created", { response });
    this.#add("response.in_progress", { response });
  }

  reason(deltas: number, perPart: number): void {
    const { id, output_index } = this.#place("rs");
    const item = { id, type: "reasoning", summary: [], encrypted_content: "gAAAAAB".repeat(90) };
    const summary: Json[] = [];
    this.#add("response.output_item.added", { output_index, item });
    for (let left = deltas; left > 0; left -= perPart) {
      const place = { item_id: id, output_index, summary_index: summary.length };
      const part = { type: "summary_text", text: "" };
      this.#add("response.reasoning_summary_part.added", { ...place, part });
      const type = "response.reasoning_summary_text";
      const text = this.#deltas(`${type}.delta`, place, Math.min(left, perPart), words, {});
      this.#add(`${type}.done`, { ...place, text });
      this.#add("response.reasoning_summary_part.done", { ...place, part: { ...part, text } });
      summary.push({ ...part, text });
      this.#written.reasoning += text.length;
    }
    this.#done(output_index, { ...item, summary });
  }

  call(deltas: number): void {
    const { id, output_index } = this.#place("fc");
    const call = { id, type: "function_call", call_id: `call_${id.slice(-24)}`, name: "edit" };
    const added = { ...call, status: "in_progress", arguments: "" };
    this.#add("response.output_item.added", { output_index, item: added });
    const place = { item_id: id, output_index };
    const type = "response.function_call_arguments";
    const args = this.#deltas(`${type}.delta`, place, deltas, json, {}, ['{"text":"', '"}']);
    this.#add(`${type}.done`, { ...place, arguments: args });
    this.#written.arguments += args.length;
    this.#done(output_index, { ...call, status: "completed", arguments: args });
  }

  say(deltas: number): void {
    const { id, output_index } = this.#place("msg");
    const message = { id, type: "message", role: "assistant", phase: "final_answer" };
    const added = { ...message, status: "in_progress", content: [] };
    this.#add("response.output_item.added", { output_index, item: added });
    const place = { item_id: id, output_index, content_index: 0 };
    const part = { type: "output_text", annotations: [], logprobs: [], text: "" };
    this.#add("response.content_part.added", { ...place, part });
    const type = "response.output_text";
    const text = this.#deltas(`${type}.delta`, place, deltas, words, { logprobs: [] });
    this.#add(`${type}.done`, { ...place, text, logprobs: [] });
    this.#add("response.content_part.done", { ...place, part: { ...part, text } });
    this.#written.text += text.length;
    this.#done(output_index, { ...message, status: "completed", content: [{ ...part, text }] });
  }

  finish() {
    this.#add("response.completed", { response: responseOf("completed", this.#output) });
    const bytes = this.#events.reduce((sum, event) => sum + Buffer.byteLength(event), 0);
    return { events: this.#events, bytes, written: this.#written };
  }

  #deltas(
    type: string,
    place: Json,
    count: number,
    from: readonly string[],
    extra: Json,
    [start, end] = ["", ""],
  ): string {
    const all: string[] = [];
    for (let i = 0; i < count; i++) {
      let delta = from[this.#random(from.length)] ?? "";
      if (this.#dashes && i % 100 === 0) delta = " \u2013";
      // What stands inside a JSON string must stay one.
      if (start) delta = JSON.stringify(delta).slice(1, -1);
      if (start && i === 0) delta = start;
      if (end && i === count - 1) delta = end;
      all.push(delta);
      const obfuscation = padding.slice(0, Math.max(1, 16 - delta.length));
      this.#add(type, { ...place, delta, ...extra, obfuscation });
    }
    return all.join("");
  }

  #add(type: string, rest: Json): void {
    const data = JSON.stringify({ type, sequence_number: this.#events.length, ...rest });
    this.#events.push(`event: ${type}\ndata: ${data}\n\n`);
  }

  #done(output_index: number, item: Json): void {
    this.#add("response.output_item.done", { output_index, item });
    this.#output.push(item);
  }

  #place(prefix: string): { id: string; output_index: number } {
    const output_index = this.#output.length;
    const tail = output_index.toString(16).padStart(8, "0");
    return { id: `${prefix}_0a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3e4${tail}`, output_index };
  }

  /** The same numbers in every run. */
  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) >>> 0;
    return (this.#seed >>> 8) % below;
  }
}
