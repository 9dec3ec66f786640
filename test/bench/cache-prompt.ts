import { createHash } from "node:crypto";
import { modelInfo } from "../../src/models/lookup.ts";
import { isList, isObject, type Json, textOf } from "./cache-json.ts";

/** Where the API may end a cached prefix. */
export type EndKind =
  /** Set by the caller. */
  | "explicit"
  /** A user message, or the last of the tool outputs in a row. */
  | "implicit"
  /** The developer messages that the prompt begins with. */
  | "initial";

export interface End {
  readonly kind: EndKind;
  /** Of the whole prefix before it. */
  readonly tokens: number;
  /** Equal for equal prefixes only. */
  readonly digest: string;
}

/** A request as the prompt cache looks at it. */
export interface Prompt {
  readonly tokens: number;
  readonly ends: readonly End[];
  /** Every 128 tokens from 1,024 on, for models that reuse the longest common prefix. */
  readonly steps: readonly End[];
}

const step = 128;
const minimum = 1024;

/**
 * Lays a request out as the API documents it: what must be equal for any reuse, tools, instructions,
 * items. Since GPT-6.2 the instructions come after the items. A token is 4 bytes.
 *
 * @param items The whole transcript, with what `previous_response_id` stands for.
 */
export function layOut(body: Json, items: readonly Json[]): Prompt {
  const last = modelInfo(textOf(body.model))?.instructionsLast ?? false;
  const writer = new PrefixWriter(settingsOf(body));
  for (const tool of isList(body.tools) ? body.tools : []) writer.write(JSON.stringify(tool));
  if (body.instructions && !last) writer.write(textOf(body.instructions));
  const opening = items.findIndex(({ role }) => role !== "developer" && role !== "system");
  for (const [i, item] of items.entries()) {
    writer.item(item);
    const next = items[i + 1];
    if (i === opening - 1) writer.end("initial");
    else if (item.role === "user" || (isOutput(item) && !(next && isOutput(next)))) {
      writer.end("implicit");
    }
  }
  if (body.instructions && last) writer.write(textOf(body.instructions));
  return writer.prompt();
}

class PrefixWriter {
  readonly #ends: End[] = [];
  readonly #steps: End[] = [];
  readonly #hash;
  #bytes = 0;

  constructor(settings: string) {
    this.#hash = createHash("sha1").update(settings);
  }

  write(text: string): void {
    // Closed, so that a text that grows is no longer a prefix of itself.
    let rest = Buffer.from(`${text}\u001e`);
    while (rest.length > 0) {
      const room = step * 4 - (this.#bytes % (step * 4));
      const part = rest.subarray(0, room);
      this.#hash.update(part);
      this.#bytes += part.length;
      rest = rest.subarray(room);
      if (part.length === room && this.#bytes >= minimum * 4)
        this.#steps.push(this.#here("implicit"));
    }
  }

  item(item: Json): void {
    for (const { text, breakpoint } of blocksOf(item)) {
      this.write(text);
      if (breakpoint) this.end("explicit");
    }
  }

  end(kind: EndKind): void {
    if (this.#bytes >= minimum * 4) this.#ends.push(this.#here(kind));
  }

  prompt(): Prompt {
    return { tokens: Math.ceil(this.#bytes / 4), ends: this.#ends, steps: this.#steps };
  }

  #here(kind: EndKind): End {
    const digest = this.#hash.copy().digest("base64");
    return { kind, tokens: Math.ceil(this.#bytes / 4), digest };
  }
}

/** What an item adds to the prompt: nothing that only names it or tells its state. */
export function blocksOf(item: Json): { text: string; breakpoint: boolean }[] {
  const { id, status, type, role, phase, content, output, encrypted_content, ...rest } = item;
  if (type === "reasoning") return [{ text: `reasoning:${encrypted_content}`, breakpoint: false }];
  const head = content ? `${role}${phase ? `/${phase}` : ""}:` : `${type}${JSON.stringify(rest)}:`;
  const parts = content ?? output;
  if (!isList(parts)) return [{ text: head + textOf(parts), breakpoint: false }];
  return parts.filter(isObject).map((part, i) => ({
    text: (i === 0 ? head : "") + textOf(part.text ?? part.refusal),
    breakpoint: part.prompt_cache_breakpoint !== undefined,
  }));
}

function isOutput({ type }: Json): boolean {
  return textOf(type).endsWith("_output");
}

/** What must be equal before anything is reused. */
function settingsOf(body: Json): string {
  const text = isObject(body.text) ? body.text : {};
  const reasoning = isObject(body.reasoning) ? body.reasoning : {};
  return JSON.stringify([
    body.model,
    body.prompt_cache_key ?? null,
    body.service_tier ?? "auto",
    body.parallel_tool_calls ?? true,
    text.format ?? { type: "text" },
    text.verbosity ?? "medium",
    reasoning.effort ?? modelInfo(textOf(body.model))?.defaultEffort ?? null,
  ]);
}
