import { modelInfo } from "../models/lookup.ts";
import { type ApiFailure, badRequest } from "./api-failure.ts";

/** Whether a prompt of so many tokens is too long for a model. */
export function windowFailure(model: string, tokens: number): ApiFailure | undefined {
  const info = modelInfo(model);
  const limit = info?.maxInput ?? info?.contextWindow;
  if (!limit || tokens <= limit) return undefined;
  const message =
    "Your input exceeds the context window of this model. Please adjust your input and try again.";
  return badRequest(message, "input", "context_length_exceeded");
}
