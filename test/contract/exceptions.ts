import { type JsonSchema, typed } from "./json-schema.ts";

/** A place where what crosses the wire is wider than the official types. */
export interface Exception {
  readonly reason: string;
  /** The types it concerns, by name. */
  readonly in: string | RegExp;
  /** Properties that may be absent. */
  readonly optional?: readonly string[];
  /** Properties there are as well, or that take more than their type says. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** Values of an enumeration, or of the properties that are one. */
  readonly values?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Members of a union. */
  readonly members?: readonly (JsonSchema | Variant)[];
}

/** A member of a union that is another type but for some of its properties. */
export interface Variant {
  readonly like: string;
  readonly optional: readonly string[];
}

const text = { type: "string" };
const textOrNull = { type: ["string", "null"] };
const number = { type: "number" };

/** Where the API is wider than its types. */
const reality = {
  outputText: {
    reason: "output_text is no field of the API: the SDK adds it to what it returns.",
    in: "Response",
    optional: ["output_text"],
  },
  store: {
    reason: "A response echoes `store`.",
    in: "Response",
    properties: { store: { type: ["boolean", "null"] } },
  },
  noUsage: {
    reason: "There is no usage before the end, nor of what failed or was cancelled: it is null.",
    in: "Response",
    properties: { usage: { anyOf: [{ $ref: "#/definitions/ResponseUsage" }, { type: "null" }] } },
  },
  errorCodes: {
    reason: "Streams fail with codes that the enumeration of codes lacks.",
    in: "ResponseError",
    values: { code: ["context_length_exceeded", "insufficient_quota", "usage_not_included"] },
  },
  nestedError: {
    reason: "Inside a stream the `error` event nests what its type has at the top.",
    in: "ResponseStreamEvent",
    members: [
      typed("error", {
        sequence_number: number,
        error: {
          type: "object",
          properties: { type: text, code: textOrNull, message: text, param: textOrNull },
          required: ["type", "code", "message", "param"],
          additionalProperties: false,
        },
      }),
    ],
  },
  keepalive: {
    reason: "Streams are kept alive by an event that has no type.",
    in: "ResponseStreamEvent",
    members: [typed("keepalive", { sequence_number: number })],
  },
  patchDiff: {
    reason: "The diff of an apply_patch call is streamed by events that have no type.",
    in: "ResponseStreamEvent",
    members: ["delta", "done"].map((end) =>
      typed(
        `response.apply_patch_call_operation_diff.${end}`,
        {
          item_id: text,
          output_index: number,
          sequence_number: number,
          [end === "done" ? "diff" : "delta"]: text,
        },
        { obfuscation: text },
      ),
    ),
  },
  obfuscation: {
    reason: "Deltas are padded, unless include_obfuscation is false; few of their types say so.",
    in: /^Response\w+DeltaEvent$/,
    properties: { obfuscation: text },
  },
  customCallStatus: {
    reason: "A custom tool call has a status, in a response and when it is sent back.",
    in: "ResponseCustomToolCall",
    properties: { status: { ...text, enum: ["in_progress", "completed", "incomplete"] } },
  },
  compactedMessages: {
    reason: "What compaction gives back are user messages before the compaction item.",
    in: "CompactedResponse",
    properties: {
      output: {
        type: "array",
        items: {
          anyOf: [
            { $ref: "#/definitions/ResponseOutputItem" },
            { $ref: "#/definitions/ResponseInputItem.Message" },
          ],
        },
      },
    },
  },
  messageIds: {
    reason: "These messages have ids, and go back as they are.",
    in: "ResponseInputItem.Message",
    properties: { id: text },
  },
  answerWithoutId: {
    reason: "Without its reasoning item a message goes back without its id, or it is refused.",
    in: "ResponseInputItem",
    members: [{ like: "ResponseOutputMessage", optional: ["id"] }],
  },
  chosenWebSearch: {
    reason: "Web search is chosen by its current name as well; the type lists that of its preview.",
    in: "ToolChoiceTypes",
    values: { type: ["web_search"] },
  },
} satisfies Record<string, Exception>;

/** What tests make up for what the API does not have yet: it passes through untouched. */
const inventions = {
  futureItem: {
    reason: "An item of the future.",
    in: /^Response(Input|Output)Item$/,
    members: [{ ...typed("telepathy_call", {}), additionalProperties: true }],
  },
  foreignEffort: {
    reason: "An effort of another company's model.",
    in: "ReasoningEffort",
    values: ["extreme"],
  },
  futureParameter: {
    reason: "A parameter of the future.",
    in: "ResponseCreateParamsNonStreaming",
    properties: { nested: {} },
  },
} satisfies Record<string, Exception>;

/** Everything the wire may have beside what its types say, each with its reason. */
export const exceptions = { ...reality, ...inventions };

export type ExceptionName = keyof typeof exceptions;
