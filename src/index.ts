export type { RequestOptions, ResponsesClient } from "./client.ts";
export {
  CodexError,
  type CodexErrorKind,
  isCodexError,
  type Problem,
} from "./errors.ts";
export { models, modelsChecked } from "./models/catalogue.ts";
export type { EffortOf, KnownModelId, ModelId, VerbosityOf } from "./models/ids.ts";
export { modelInfo } from "./models/lookup.ts";
export type { Effort, ModelInfo, Verbosity } from "./models/model-info.ts";
export { costOf } from "./money/cost.ts";
export type { Part } from "./part.ts";
export { applyPatch } from "./patch/apply-patch.ts";
export { parsePatch } from "./patch/parse-patch.ts";
export type { Patch } from "./patch/patch.ts";
export { autoCompact } from "./prompt/auto-compact.ts";
export { continueFrom } from "./prompt/continue-from.ts";
export { type CacheMissExplanation, explainCacheMiss } from "./prompt/explain-cache-miss.ts";
export { type Fingerprint, fingerprint } from "./prompt/fingerprint.ts";
export type { Size } from "./prompt/measure.ts";
export { type OutputOptions, output } from "./prompt/output.ts";
export { type ProjectFile, type PromptOptions, prompt } from "./prompt/prompt.ts";
export { type ReasoningOptions, reasoning } from "./prompt/reasoning.ts";
export { stateless } from "./prompt/stateless.ts";
export { type Citation, citations, images, outputText, refusals } from "./read/read-items.ts";
export { type CheckOptions, checkRequest, request } from "./request/request.ts";
export type { RequestFor } from "./request/request-for.ts";
export type { RunLimits } from "./run/limits.ts";
export { restoreThread } from "./run/restore-thread.ts";
export { run } from "./run/run.ts";
export type { RunOptions } from "./run/run-options.ts";
export type { RunEvent, RunResult, Stop } from "./run/run-result.ts";
export { type RunStream, runStream } from "./run/run-stream.ts";
export { createThread, type Thread, type ThreadResult } from "./run/thread.ts";
export { accumulate } from "./stream/accumulate.ts";
export { parseEvents } from "./stream/parse-events.ts";
export type { ResponseStream } from "./stream/response-stream.ts";
export { respond, type StreamOptions, stream } from "./stream/stream.ts";
export type { CompactionReport, CompactOptions, CompactStrategy } from "./thread/compaction.ts";
export type { ThreadInput } from "./thread/input.ts";
export type { ThreadOptions } from "./thread/thread-options.ts";
export { answer } from "./tools/answer.ts";
export { type ApplyPatchCall, applyPatchTool } from "./tools/apply-patch-tool.ts";
export {
  behavior,
  type Reading,
  type RunnableTool,
  type ToolBehavior,
  type ToolContext,
} from "./tools/behavior.ts";
export { computer } from "./tools/computer.ts";
export { customTool } from "./tools/custom-tool.ts";
export { lark, regex } from "./tools/grammar.ts";
export {
  codeInterpreter,
  fileSearch,
  imageGeneration,
  mcp,
  programmaticToolCalling,
  webSearch,
} from "./tools/hosted-tools.ts";
export { namespace } from "./tools/namespace.ts";
export { openCalls } from "./tools/open-calls.ts";
export { type RunCallsOptions, runCalls } from "./tools/run-calls.ts";
export type { InferSchema, JsonSchema, SchemaSource } from "./tools/schema.ts";
export type { ShellResult } from "./tools/shell-result.ts";
export { type RunnableShell, type ShellCall, shellTool } from "./tools/shell-tool.ts";
export type { StandardJsonSchema } from "./tools/standard-json-schema.ts";
export { strictSchema } from "./tools/strict-schema.ts";
export { type RunnableFunction, tool } from "./tools/tool.ts";
export { toolSearch } from "./tools/tool-search.ts";
export { tools } from "./tools/tools.ts";
export type { CacheReport, Call, Chain, Item, Turn } from "./turn.ts";
