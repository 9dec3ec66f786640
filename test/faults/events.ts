/** A streamed event, as loose as the wire. */
export interface Event {
  type: string;
  [key: string]: unknown;
}

export const usage = {
  input_tokens: 20,
  input_tokens_details: { cached_tokens: 8, cache_write_tokens: 0 },
  output_tokens: 6,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 26,
};

export function response(fields: object = {}): Record<string, unknown> {
  return {
    id: "resp_1",
    object: "response",
    created_at: 1,
    status: "in_progress",
    model: "gpt-5.3-codex",
    error: null,
    incomplete_details: null,
    output: [],
    usage: null,
    ...fields,
  };
}

export function message(text: string, fields: object = {}) {
  const content = [{ type: "output_text", text, annotations: [] }];
  return {
    type: "message",
    id: "msg_1",
    role: "assistant",
    status: "completed",
    content,
    ...fields,
  };
}

/** The events of one item whose field is streamed in pieces. */
export function textItem(pieces: readonly string[], index = 0, fields: object = {}): Event[] {
  const text = pieces.join("");
  const item = message(text, fields);
  const place = { item_id: item.id, output_index: index, content_index: 0 };
  const part = { type: "output_text", text: "", annotations: [] };
  return [
    {
      type: "response.output_item.added",
      output_index: index,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...place, part },
    ...pieces.map((delta) => ({
      type: "response.output_text.delta",
      ...place,
      delta,
      logprobs: [],
    })),
    { type: "response.output_text.done", ...place, text, logprobs: [] },
    { type: "response.content_part.done", ...place, part: { ...part, text } },
    { type: "response.output_item.done", output_index: index, item },
  ];
}

export function callItem(pieces: readonly string[], index = 0, fields: object = {}): Event[] {
  const item = {
    type: "function_call",
    id: "fc_1",
    call_id: "call_1",
    name: "read_file",
    arguments: pieces.join(""),
    status: "completed",
    ...fields,
  };
  const place = { item_id: item.id, output_index: index };
  return [
    {
      type: "response.output_item.added",
      output_index: index,
      item: { ...item, arguments: "", status: "in_progress" },
    },
    ...pieces.map((delta) => ({
      type: "response.function_call_arguments.delta",
      ...place,
      delta,
    })),
    { type: "response.function_call_arguments.done", ...place, arguments: item.arguments },
    { type: "response.output_item.done", output_index: index, item },
  ];
}

export function opening(fields: object = {}): Event[] {
  return [
    { type: "response.created", response: response(fields) },
    { type: "response.in_progress", response: response(fields) },
  ];
}

export function closing(output: readonly unknown[], fields: object = {}): Event {
  const status = "completed";
  const whole = response({ status, output, usage, ...fields });
  return { type: `response.${whole.status}`, response: whole };
}

export function numbered(events: readonly Event[], from = 0): Event[] {
  return events.map(({ type, ...rest }, i) => ({ type, sequence_number: from + i, ...rest }));
}

/** What the whole suite streams unless a row says otherwise: "Hello, wide world!" in 4 pieces. */
export const pieces = ["Hello", ", wide", " wörld", " 👋!"];
export const text = pieces.join("");
export const hello = numbered([...opening(), ...textItem(pieces), closing([message(text)])]);
/** The events up to and with the second delta: what a cut stream got of it. */
export const half = hello.slice(0, 6);
export const halfText = "Hello, wide";

export function frame(event: Event): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function sse(events: readonly Event[]): string {
  return events.map(frame).join("");
}
