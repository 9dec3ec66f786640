import type { aliases, models } from "./catalogue.ts";
import type { Effort, ModelInfo, Verbosity } from "./model-info.ts";

type Models = typeof models;
type Aliases = typeof aliases;

export type KnownModelId = keyof Models;

/** Any model id. An editor completes the known ones. */
export type ModelId = KnownModelId | keyof Aliases | (string & {});

type InfoOf<M> = M extends keyof Models
  ? Models[M]
  : M extends keyof Aliases
    ? Models[Aliases[M]]
    : ModelInfo;

/** The efforts a catalogue id or alias takes; every effort for any other id. */
export type EffortOf<M extends string> = InfoOf<M>["efforts"] extends readonly (infer E extends
  Effort)[]
  ? E
  : Effort;

/** The verbosities a catalogue id or alias takes; every verbosity for any other id. */
export type VerbosityOf<M extends string> = InfoOf<M>["verbosity"] extends readonly (infer V extends
  Verbosity)[]
  ? V
  : Verbosity;
