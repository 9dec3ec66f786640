import { modelInfo } from "../models/lookup.ts";
import { type ApiFailure, badRequest } from "./api-failure.ts";
import { isForged } from "./secret.ts";
import { type Json, objectsOf, textOf, type WireItem } from "./wire.ts";

const prefixes: Readonly<Record<string, string>> = {
  function_call: "fc",
  custom_tool_call: "ctc",
  reasoning: "rs",
};
const modelMade = new Set(["mcp_approval_request", "mcp_list_tools", "program", "compaction"]);

export interface ItemCheck {
  readonly request: Json & { model: string };
  /** What this request sent, references resolved. */
  readonly sent: readonly WireItem[];
  readonly transcript: readonly WireItem[];
  /** The reasoning item that came before an item of the server's own. */
  readonly reasoningOf: ReadonlyMap<string, string>;
}

/** What is wrong with single items, and with reasoning apart from what it belongs to. */
export function itemFailure(check: ItemCheck): ApiFailure | undefined {
  return (
    prefixFailure(check.sent) ??
    duplicateFailure(check.transcript) ??
    reasoningFailure(check) ??
    secretFailure(check.sent) ??
    modelFailure(check)
  );
}

function prefixFailure(sent: readonly WireItem[]): ApiFailure | undefined {
  for (const [index, item] of sent.entries()) {
    const prefix = prefixes[item.type] ?? (item.role === "assistant" ? "msg" : undefined);
    const id = item.id;
    if (!prefix || typeof id !== "string" || id.startsWith(prefix)) continue;
    const message = `Invalid 'input[${index}].id': '${id}'. Expected an ID that begins with '${prefix}'.`;
    return badRequest(message, `input[${index}].id`, "invalid_value");
  }
  return undefined;
}

function duplicateFailure(transcript: readonly WireItem[]): ApiFailure | undefined {
  const seen = new Set<string>();
  for (const { id, type } of transcript) {
    if (typeof id !== "string" || type === "local_shell_call_output") continue;
    if (seen.has(id)) {
      const message = `Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`;
      return badRequest(message, "input");
    }
    seen.add(id);
  }
  return undefined;
}

function reasoningFailure({ sent, transcript, reasoningOf }: ItemCheck): ApiFailure | undefined {
  const start = transcript.length - sent.length;
  const ids = new Set(transcript.map(({ id }) => id));
  for (const [index, item] of sent.entries()) {
    const id = textOf(item.id);
    const needed = reasoningOf.get(id);
    if (needed !== undefined && !ids.has(needed)) {
      const message = `Item '${id}' of type '${item.type}' was provided without its required 'reasoning' item: '${needed}'.`;
      return badRequest(message, "input");
    }
    if (item.type !== "reasoning") continue;
    const follower = transcript.slice(start + index + 1).find(({ type }) => type !== "reasoning");
    if (follower && isModelMade(follower)) continue;
    const message = `Item '${id}' of type 'reasoning' was provided without its required following item.`;
    return badRequest(message, "input");
  }
  return undefined;
}

function isModelMade(item: WireItem): boolean {
  if (item.type === "message") return item.role === "assistant";
  return item.type.endsWith("_call") || modelMade.has(item.type);
}

function secretFailure(sent: readonly WireItem[]): ApiFailure | undefined {
  const forged = sent.find(isForged);
  if (!forged) return undefined;
  const message = `The encrypted content ${textOf(forged.encrypted_content).slice(0, 4)}...== could not be verified. Reason: Encrypted content could not be decrypted or parsed.`;
  return badRequest(message, null, "invalid_encrypted_content");
}

function modelFailure({ request, sent }: ItemCheck): ApiFailure | undefined {
  const info = modelInfo(request.model);
  const refuse = (what: string) =>
    badRequest(`${what} is not supported with the '${request.model}' model.`, "input");
  for (const [index, item] of sent.entries()) {
    const { type } = item;
    if (type === "configuration_update") {
      if (info?.configurationUpdate === false) return refuse(`The '${type}' item type`);
      if (sent[index + 1]?.type === type) {
        return badRequest(`Two '${type}' items must not be adjacent.`, `input[${index + 1}]`);
      }
    }
    if (type === "additional_tools" && info?.additionalTools === false) {
      return refuse(`The '${type}' item type`);
    }
    const parts = [...objectsOf(item.content), ...objectsOf(item.output)];
    const marked = parts.some((part) => "prompt_cache_breakpoint" in part);
    if (marked && info?.breakpoints === false) return refuse("'prompt_cache_breakpoint'");
    if (type === "compaction_trigger" && index < sent.length - 1) {
      return badRequest(`A '${type}' item must be the last item of the input.`, `input[${index}]`);
    }
  }
  return undefined;
}
