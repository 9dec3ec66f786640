import type {
  ResponseCreateParamsBase,
  ResponseTextConfig,
  Tool,
} from "openai/resources/responses/responses";
import type { Reasoning } from "openai/resources/shared";
import type { EffortOf, ModelId, VerbosityOf } from "../models/ids.ts";
import type { parsedType } from "../prompt/output-format.ts";

/**
 * The SDK's create params for model `M`: an effort or verbosity that a known model does not take
 * is a compile error. `T` is the type `output` asks for, `L` the type of the tool list.
 */
export interface RequestFor<M extends ModelId = ModelId, T = unknown, L extends Tool[] = Tool[]>
  extends Omit<ResponseCreateParamsBase, "model" | "reasoning" | "text" | "tools" | "stream"> {
  model: M;
  reasoning?: (Omit<Reasoning, "effort"> & { effort?: NoInfer<EffortOf<M>> | null }) | null;
  text?: Omit<ResponseTextConfig, "verbosity"> & {
    verbosity?: NoInfer<VerbosityOf<M>> | null;
    readonly [parsedType]?: T;
  };
  tools?: L;
}

/** What `turn.parsed` is: the output type, or `undefined` too when the turn may hold calls instead. */
export type ParsedOf<T, L extends Tool[]> = L extends [] ? T : T | undefined;
