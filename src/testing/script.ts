import type { Response, ResponseUsage } from "openai/resources/responses/responses";
import type { ItemDraft } from "./item-draft.ts";
import type { CreateRequest } from "./request.ts";
import { isObject } from "./wire.ts";

/** Token counts that replace the server's own; totals follow from the parts. */
export interface UsageDraft {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly total_tokens?: number;
  readonly input_tokens_details?: Partial<ResponseUsage["input_tokens_details"]>;
  readonly output_tokens_details?: Partial<ResponseUsage["output_tokens_details"]>;
}

/** An error as the API reports one. */
export interface ErrorDraft {
  readonly code?: string | null;
  readonly message?: string;
  readonly type?: string;
  readonly param?: string | null;
}

/** One output item, and the pieces its text is streamed in (by default, words). */
export interface Piece {
  readonly item: ItemDraft;
  readonly chunks?: readonly string[];
}

/** How a response ends. `error` fails after an `error` event, as in a stream that breaks. */
export type Ending =
  | { readonly status: "completed" }
  | {
      readonly status: "incomplete";
      readonly reason: NonNullable<NonNullable<Response["incomplete_details"]>["reason"]>;
    }
  | { readonly status: "failed" | "error"; readonly error: ErrorDraft };

/** What goes wrong on the way to the client. Counts are of streamed events. */
export interface Faults {
  /** How many events each connection delivers: the first one, then every `starting_after` read. */
  readonly cuts?: readonly number[];
  /** Whether a cut looks like the end of the body. Default: the connection breaks. */
  readonly clean?: boolean;
  readonly stall?: {
    readonly ms: number;
    readonly at: number | "headers";
    readonly commentMs?: number;
  };
}

/** One response of the model. */
export interface Reply {
  readonly kind: "reply";
  readonly pieces: readonly Piece[];
  readonly ending: Ending;
  readonly usage?: UsageDraft;
  readonly faults?: Faults;
}

/** An HTTP error instead of a response. */
export interface HttpFailure {
  readonly kind: "failure";
  readonly status: number;
  readonly error: ErrorDraft;
  readonly headers: Readonly<Record<string, string>>;
}

/** A body as given: bytes, or events that are written out as SSE. */
export interface RawReply {
  readonly kind: "raw";
  readonly frames: readonly (string | Uint8Array)[];
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly faults?: Faults;
}

/** The connection dies before any header. */
export interface Drop {
  readonly kind: "drop";
}

export type FixedStep = Reply | HttpFailure | RawReply | Drop;
export type StepResult = FixedStep | ItemDraft | readonly ItemDraft[] | string;

/** What answers one `POST /responses`: a string is a message. A function sees the request first. */
export type Step =
  | FixedStep
  | ItemDraft
  | string
  | ((request: CreateRequest) => StepResult | Promise<StepResult>);

/**
 * A string is a message, items are the output of one response.
 *
 * @throws {TypeError} For anything else.
 */
export function toStep(result: StepResult): FixedStep {
  if (typeof result === "string") {
    const content = [{ type: "output_text", text: result }];
    return reply([{ item: { type: "message", content } }]);
  }
  if (isStep(result)) return result;
  const items = isList(result) ? result : [result];
  for (const item of items) {
    if (isObject(item) && typeof item.type === "string") continue;
    const what = JSON.stringify(item) ?? item;
    throw new TypeError(
      `${what} answers no request: use says(), calls() or another step, text or items`,
    );
  }
  return reply(items.map((item) => ({ item })));
}

const kinds: ReadonlySet<unknown> = new Set(["reply", "failure", "raw", "drop"]);

function isStep(value: FixedStep | ItemDraft | readonly ItemDraft[]): value is FixedStep {
  return isObject(value) && kinds.has(Reflect.get(value, "kind"));
}

function isList(value: ItemDraft | readonly ItemDraft[]): value is readonly ItemDraft[] {
  return Array.isArray(value);
}

export function reply(pieces: readonly Piece[], rest: Partial<Omit<Reply, "pieces">> = {}): Reply {
  return { kind: "reply", pieces, ending: { status: "completed" }, ...rest };
}
