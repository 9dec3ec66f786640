import type {
  EasyInputMessage,
  ResponseInputItem,
  ResponseInputMessageContentList,
} from "openai/resources/responses/responses";
import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import type { ModelInfo } from "../models/model-info.ts";
import type { Part } from "../part.ts";
import { type Item, toInput } from "../turn.ts";
import { checkPrompt } from "./check-prompt.ts";
import { hash } from "./hash.ts";
import { checkLength, refuse } from "./problem.ts";

/** A file of project guidance, such as an AGENTS.md. */
export interface ProjectFile {
  path: string;
  text: string;
}

/** A prompt, from what changes least to what changes most. Empty texts are left out. */
export interface PromptOptions {
  /** The same for every session: role, rules, output format. */
  instructions?: string;
  /** Guidance of the project, root first: text, or files as `loadAgentsMd` returns them. */
  project?: readonly (string | ProjectFile)[];
  /** The same for this session: environment, repository map, conventions. */
  context?: readonly string[];
  /** Everything said so far, unchanged. */
  history?: readonly Item[];
  /** What to do now: text, or text, images and files. */
  task?: string | ResponseInputMessageContentList;
  /** Marks the end of the stable part for the prompt cache, on models that have breakpoints. */
  model?: ModelId | ModelInfo;
  /** At most 64 characters. Default: a hash of the stable part, so that its sessions share it. */
  cacheKey?: string;
  /** Splits the key when a fleet sends more than about 15 requests a minute on one. */
  shard?: string | number;
  /** How long the cached prefix lives at least after its last use. Default 30 minutes. */
  ttl?: "30m" | "12h";
}

/**
 * Orders a prompt so that consecutive requests share the longest prefix: instructions, project
 * guidance, context, history, task. The instructions are a leading `developer` message, because
 * the `instructions` field is not cached on GPT-6.2 and not carried by `previous_response_id`.
 *
 * @throws {CodexError} `invalid_request` for an unknown option, for text that is no string and for
 * a key over 64 characters.
 */
export function prompt(
  options: PromptOptions,
): { input: ResponseInputItem[] } & Part<"prompt_cache_key" | "prompt_cache_options"> {
  refuse((add) => checkPrompt(add, options));
  const { instructions, project, context, history, task, shard, ttl } = options;
  const stable = [
    ...(instructions ? [message("developer", instructions)] : []),
    ...[...(project ?? []).map(guidance), ...(context ?? [])]
      .filter((text) => text.trim())
      .map((text) => message("user", text)),
  ];
  let key = options.cacheKey ?? (stable.length > 0 ? `codex-${hash(JSON.stringify(stable))}` : "");
  if (key && (shard ?? "") !== "") key += `-${shard}`;
  refuse((add) => checkLength(add, "prompt_cache_key", key, 64));
  if (modelInfo(options.model)?.breakpoints) markEnd(stable);
  const input = toInput([...stable, ...(history ?? [])]);
  if (task?.length) input.push(message("user", task));
  return {
    input,
    ...(key && { prompt_cache_key: key }),
    ...(ttl && { prompt_cache_options: { ttl } }),
  };
}

interface Message extends EasyInputMessage {
  content: ResponseInputMessageContentList;
}

function message(
  role: "developer" | "user",
  content: string | ResponseInputMessageContentList,
): Message {
  const parts: ResponseInputMessageContentList =
    typeof content === "string" ? [{ type: "input_text", text: content }] : [...content];
  return { type: "message", role, content: parts };
}

function guidance(part: string | ProjectFile): string {
  if (typeof part === "string") return part;
  const folder = /^(.*)[\\/]/s.exec(part.path)?.[1] ?? ".";
  const text = part.text.trim() && `<INSTRUCTIONS>\n${part.text}\n</INSTRUCTIONS>`;
  return text && `# AGENTS.md instructions for ${folder || "/"}\n\n${text}`;
}

function markEnd(stable: readonly Message[]): void {
  const last = stable.at(-1)?.content.at(-1);
  if (last?.type === "input_text") last.prompt_cache_breakpoint = { mode: "explicit" };
}
