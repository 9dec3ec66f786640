import { modelInfo } from "../models/lookup.ts";
import { closed, itemBlocks } from "./prompt-text.ts";
import { bytesOf, isObject, type Json, textOf, toolsOf, type WireItem } from "./wire.ts";

/** A place where a prefix may end. */
export interface Mark {
  /** Bytes before it. */
  readonly end: number;
  readonly kind: "explicit" | "implicit" | "initial";
  readonly ttl?: unknown;
}

/** A request as the model reads it. */
export interface Prompt {
  /** The settings that must be equal for any reuse. */
  readonly domain: string;
  /** Tools, instructions before GPT-6.2, items; since 6.2, instructions last. */
  readonly bytes: Uint8Array;
  readonly marks: readonly Mark[];
  readonly breakpoints: boolean;
  /** In tokens: GPT-5.5 reuses coarser pieces than other models before 5.6. */
  readonly step: number;
  readonly mode: "implicit" | "explicit";
  readonly ttl: "30m" | "12h";
}

export function renderPrompt(request: Json, items: readonly WireItem[]): Prompt {
  const model = textOf(request.model);
  const info = modelInfo(model);
  const options = isObject(request.prompt_cache_options) ? request.prompt_cache_options : {};
  const text = isObject(request.text) ? request.text : {};
  const format = isObject(text.format) ? text.format : { type: "text" };
  const writer = promptWriter();
  if (format.type !== "text") writer.write(JSON.stringify(format) + closed);
  for (const tool of toolsOf(request)) writer.write(JSON.stringify(tool) + closed);
  const instructions = request.instructions ? `developer:${request.instructions}${closed}` : "";
  if (!info?.instructionsLast) writer.write(instructions);
  writeItems(writer, items);
  if (info?.instructionsLast) writer.write(instructions);
  return {
    domain: domainOf(request, model, format, text.verbosity),
    bytes: writer.bytes(),
    marks: writer.marks,
    breakpoints: info?.breakpoints ?? false,
    step: /gpt-5[.-]5/.test(model) ? 2048 : 128,
    mode: options.mode === "explicit" ? "explicit" : "implicit",
    ttl: options.ttl === "12h" ? "12h" : "30m",
  };
}

interface PromptWriter {
  readonly marks: Mark[];
  write(text: string): void;
  mark(kind: Mark["kind"], ttl?: unknown): void;
  bytes(): Uint8Array;
}

function promptWriter(): PromptWriter {
  const marks: Mark[] = [];
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    marks,
    write(text) {
      const chunk = bytesOf(text);
      chunks.push(chunk);
      size += chunk.length;
    },
    mark(kind, ttl) {
      marks.push({ end: size, kind, ...(ttl === undefined ? {} : { ttl }) });
    },
    bytes() {
      const all = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.length;
      }
      return all;
    },
  };
}

/**
 * Marks the ends the API may cache by itself: of a user message, of the last tool output in a row,
 * of the developer messages a prompt starts with; and the explicit ones.
 */
function writeItems(writer: PromptWriter, items: readonly WireItem[]): void {
  const opening = items.findIndex((item) => !isDeveloper(item) && item.type !== "additional_tools");
  const initial = items.slice(0, opening < 0 ? undefined : opening).findLastIndex(isDeveloper);
  for (const [index, item] of items.entries()) {
    const { head, blocks } = itemBlocks(item);
    writer.write(head);
    for (const { text, breakpoint } of blocks) {
      writer.write(`${text}\n`);
      if (breakpoint) writer.mark("explicit", breakpoint.ttl);
    }
    writer.write(closed);
    const next = items[index + 1];
    const lastOutput = isOutput(item) && !(next && isOutput(next));
    if (index === initial) writer.mark("initial");
    else if (lastOutput || item.role === "user") writer.mark("implicit");
  }
}

function isDeveloper(item: WireItem): boolean {
  return item.type === "message" && (item.role === "developer" || item.role === "system");
}

function isOutput({ type }: WireItem): boolean {
  return type.endsWith("_output") || type === "mcp_approval_response";
}

function domainOf(request: Json, model: string, format: Json, verbosity: unknown): string {
  const reasoning = isObject(request.reasoning) ? request.reasoning : {};
  const tiers: Readonly<Record<string, string>> = { auto: "default", priority: "fast" };
  const tier = textOf(request.service_tier ?? "default");
  return JSON.stringify([
    model,
    request.prompt_cache_key ?? null,
    request.parallel_tool_calls ?? true,
    format,
    reasoning.effort ?? modelInfo(model)?.defaultEffort ?? null,
    verbosity ?? "medium",
    tiers[tier] ?? tier,
  ]);
}
