export type { Pace } from "./body-stream.ts";
export type { Exchange } from "./cassette.ts";
export { recordFetch } from "./cassette.ts";
export type { CutOptions, RawOptions, StallOptions } from "./faults.ts";
export { cuts, drops, events, fails, raw, stalls } from "./faults.ts";
export type { ItemDraft } from "./item-draft.ts";
export type { Listening } from "./listen.ts";
export { PrefixCache } from "./prefix-cache.ts";
export type { Recording } from "./recorded.ts";
export { recorded } from "./recorded.ts";
export type { CreateRequest, MockRequest } from "./request.ts";
export type {
  Drop,
  ErrorDraft,
  HttpFailure,
  RawReply,
  Reply,
  Step,
  StepResult,
  UsageDraft,
} from "./script.ts";
export type { MockOptions, MockServer } from "./server.ts";
export { mockResponses } from "./server.ts";
export type { CompactionSteps } from "./server-context.ts";
export type { CallDraft, SaysOptions, ThinksOptions } from "./steps.ts";
export {
  calls,
  errors,
  failed,
  incomplete,
  items,
  patches,
  refuses,
  runs,
  says,
  thinks,
  together,
} from "./steps.ts";
