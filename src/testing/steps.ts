import type {
  ResponseApplyPatchToolCall,
  ResponseOutputMessage,
  ResponseOutputText,
} from "openai/resources/responses/responses";
import type { ItemDraft } from "./item-draft.ts";
import { type ErrorDraft, type Piece, type Reply, reply, type UsageDraft } from "./script.ts";
import { isObject, type Json } from "./wire.ts";

export interface SaysOptions {
  readonly text?: string;
  readonly phase?: ResponseOutputMessage["phase"];
  readonly annotations?: readonly ResponseOutputText["annotations"][number][];
  /** A refusal part after the text, or instead of it. */
  readonly refusal?: string;
  /** The deltas the text is streamed in. Default: its words. */
  readonly chunks?: readonly string[];
  /** The summary of a reasoning item before the message. */
  readonly reasoning?: string;
  readonly id?: string;
  readonly usage?: UsageDraft;
}

/** The model answers with a message. Without `text`, its `chunks` are the text. */
export function says(said: string | SaysOptions): Reply {
  const options: SaysOptions = typeof said === "string" ? { text: said } : said;
  const { phase, annotations = [], refusal, chunks, reasoning, id, usage } = options;
  const text = options.text ?? chunks?.join("");
  const item: ItemDraft = {
    type: "message",
    ...(id === undefined ? {} : { id }),
    ...(phase === undefined ? {} : { phase }),
    content: [
      ...(text === undefined ? [] : [{ type: "output_text", text, annotations }]),
      ...(refusal === undefined ? [] : [{ type: "refusal", refusal }]),
    ],
  };
  const answer = reply([chunks ? { item, chunks } : { item }], usage ? { usage } : {});
  return reasoning === undefined ? answer : thinks(reasoning, answer);
}

/** The model refuses, in a refusal part of a message. */
export function refuses(refusal: string): Reply {
  return says({ refusal });
}

export interface ThinksOptions {
  /** Parts of the summary. */
  readonly summary?: string | readonly string[];
  /** Raw reasoning text, which few models show. */
  readonly text?: string;
  /** Default: opaque text that only this server makes. `null` leaves it out. */
  readonly encrypted_content?: string | null;
}

/** A reasoning item, and what follows it in the same response. */
export function thinks(thought: string | ThinksOptions, then: Reply = reply([])): Reply {
  const options: ThinksOptions = typeof thought === "string" ? { summary: thought } : thought;
  const { summary = [], text, ...rest } = options;
  const parts = typeof summary === "string" ? [summary] : summary;
  const item: ItemDraft = {
    type: "reasoning",
    summary: parts.map((part) => ({ type: "summary_text", text: part })),
    ...(text === undefined ? {} : { content: [{ type: "reasoning_text", text }] }),
    ...rest,
  };
  return { ...then, pieces: [{ item }, ...then.pieces] };
}

/** A call, by what its type needs: a name with arguments or input, commands, an operation. */
export type CallDraft =
  | ({ readonly name: string; readonly arguments?: object | string } & CallFields)
  | ({ readonly name: string; readonly input: string } & CallFields)
  | {
      readonly shell: string | readonly string[];
      readonly timeout_ms?: number;
      readonly max_output_length?: number;
      readonly call_id?: string;
    }
  | { readonly apply_patch: ResponseApplyPatchToolCall["operation"]; readonly call_id?: string }
  | ItemDraft;

interface CallFields {
  readonly call_id?: string;
  readonly id?: string;
  readonly namespace?: string;
  readonly async?: boolean;
  readonly caller?: { readonly type: string; readonly caller_id?: string };
}

/** The model calls tools, all in one response. */
export function calls(drafts: readonly CallDraft[], options: { usage?: UsageDraft } = {}): Reply {
  return reply(
    drafts.map((draft) => ({ item: callItem({ ...draft }) })),
    options,
  );
}

function callItem(draft: Json): ItemDraft {
  const { shell, apply_patch: operation, timeout_ms = null, max_output_length = null } = draft;
  if (typeof draft.type === "string") return { ...draft, type: draft.type };
  const id = draft.call_id === undefined ? {} : { call_id: draft.call_id };
  if (isObject(operation)) return { type: "apply_patch_call", operation, ...id };
  if (shell !== undefined) {
    const commands = typeof shell === "string" ? [shell] : shell;
    return { type: "shell_call", action: { commands, max_output_length, timeout_ms }, ...id };
  }
  if (draft.input !== undefined) return { type: "custom_tool_call", ...draft };
  const args = draft.arguments ?? {};
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return { type: "function_call", ...draft, arguments: text };
}

/** A call of the freeform `apply_patch` tool. */
export function patches(patch: string): Reply {
  return calls([{ name: "apply_patch", input: patch }]);
}

/** A call of the function tool `shell_command`. */
export function runs(
  command: string,
  options: { workdir?: string; timeout_ms?: number } = {},
): Reply {
  return calls([{ name: "shell_command", arguments: { command, ...options } }]);
}

/** Any output items, in one response. */
export function items(...drafts: readonly ItemDraft[]): Reply {
  return reply(drafts.map((item) => ({ item })));
}

/** One response made of several replies. The last usage, ending and fault given hold. */
export function together(...replies: readonly Reply[]): Reply {
  const last = <T>(pick: (each: Reply) => T | undefined) => replies.map(pick).findLast(Boolean);
  const ending = last((each) => (each.ending.status === "completed" ? undefined : each.ending));
  const usage = last((each) => each.usage);
  const faults = last((each) => each.faults);
  return reply(
    replies.flatMap((each): readonly Piece[] => each.pieces),
    { ...(ending && { ending }), ...(usage && { usage }), ...(faults && { faults }) },
  );
}

/** The response stops early; its last item is incomplete. */
export function incomplete(
  reason: "max_output_tokens" | "max_messages" | "content_filter" | "steered",
  ...replies: readonly Reply[]
): Reply {
  return { ...together(...replies), ending: { status: "incomplete", reason } };
}

/** The response fails: `response.failed` after what came before. */
export function failed(error: ErrorDraft = {}, ...replies: readonly Reply[]): Reply {
  return { ...together(...replies), ending: { status: "failed", error } };
}

/** An `error` event inside the stream, then `response.failed`. Without a stream, an HTTP 500. */
export function errors(error: ErrorDraft = {}, ...replies: readonly Reply[]): Reply {
  return { ...together(...replies), ending: { status: "error", error } };
}
