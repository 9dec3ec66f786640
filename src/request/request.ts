import type { ResponseCreateParamsBase, Tool } from "openai/resources/responses/responses";
import { invalidRequest, type Problem } from "../errors.ts";
import type { ModelId } from "../models/ids.ts";
import { modelInfo } from "../models/lookup.ts";
import type { ModelInfo } from "../models/model-info.ts";
import { itemsOf } from "../prompt/items.ts";
import { collect } from "../prompt/problem.ts";
import { isRecord } from "../tools/schema-node.ts";
import { checkModel } from "./check-model.ts";
import { checkPairs } from "./check-pairs.ts";
import { checkParams } from "./check-params.ts";
import { checkTranscript } from "./check-transcript.ts";
import { checkVolatile } from "./check-volatile.ts";
import type { RequestFor } from "./request-for.ts";

/**
 * A checked request: the same params, which the SDK's `responses.create` takes as they are.
 *
 * @throws {CodexError} `invalid_request` that lists every problem. Warnings do not throw.
 */
export function request<const M extends ModelId, T = undefined, L extends Tool[] = []>(
  params: RequestFor<M, T, L>,
): RequestFor<M, T, L> {
  const errors = checkRequest(params).filter(({ level }) => level === "error");
  if (errors.length > 0) throw invalidRequest(errors);
  return params;
}

export interface CheckOptions {
  /** What to check against instead of the catalogue's entry for `params.model`. */
  model?: ModelId | ModelInfo;
  /** When the request would be sent; a model past its shutdown date is a warning. Default: now. */
  date?: Date;
}

/** Every problem that can be seen before a request leaves, and the warnings. Never throws. */
export function checkRequest(
  params: ResponseCreateParamsBase,
  options: CheckOptions = {},
): Problem[] {
  return collect((add) => {
    const given: unknown = params;
    if (!isRecord(given)) return add("", "there is no request", "pass an object with a model");
    const { date = new Date() } = options;
    const info = modelInfo(options.model ?? (typeof given.model === "string" ? given.model : null));
    const items = itemsOf(given.input);
    checkParams(add, given);
    if (info) checkModel(add, given, items, info, date);
    checkPairs(add, given, items);
    checkTranscript(add, given, items);
    checkVolatile(add, given, items, date);
  });
}
