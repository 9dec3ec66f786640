import { expectTypeOf, test } from "vitest";
import type { EffortOf, KnownModelId, ModelId, VerbosityOf } from "../../src/models/ids.ts";
import type { Effort, Verbosity } from "../../src/models/model-info.ts";

test("a known model takes its own efforts", () => {
  expectTypeOf<EffortOf<"gpt-5.3-codex">>().toEqualTypeOf<"low" | "medium" | "high" | "xhigh">();
  expectTypeOf<EffortOf<"gpt-5">>().toEqualTypeOf<"minimal" | "low" | "medium" | "high">();
  expectTypeOf<EffortOf<"gpt-5.2-pro">>().toEqualTypeOf<"medium" | "high" | "xhigh">();
  expectTypeOf<EffortOf<"gpt-6.2-sol">>().toEqualTypeOf<
    "low" | "medium" | "high" | "xhigh" | "max"
  >();
});

test("an alias takes the efforts and verbosities of its model", () => {
  expectTypeOf<EffortOf<"gpt-5.6">>().toEqualTypeOf<EffortOf<"gpt-5.6-sol">>();
  expectTypeOf<EffortOf<"gpt-5.6">>().toEqualTypeOf<Exclude<Effort, "minimal">>();
  expectTypeOf<VerbosityOf<"gpt-5.6">>().toEqualTypeOf<Verbosity>();
});

test("a model whose efforts are unknown, and any other id, take every effort", () => {
  expectTypeOf<EffortOf<"gpt-5.3-codex-spark">>().toEqualTypeOf<Effort>();
  expectTypeOf<EffortOf<"gpt-5.4-2026-03-05">>().toEqualTypeOf<Effort>();
  expectTypeOf<EffortOf<"my-model">>().toEqualTypeOf<Effort>();
  expectTypeOf<EffortOf<string>>().toEqualTypeOf<Effort>();
  expectTypeOf<EffortOf<ModelId>>().toEqualTypeOf<Effort>();
});

test("a choice of models takes what any of them takes", () => {
  expectTypeOf<EffortOf<"gpt-5.2-pro" | "gpt-5.1">>().toEqualTypeOf<
    "none" | "low" | "medium" | "high" | "xhigh"
  >();
});

test("a known model takes its own verbosities, none where the field is refused", () => {
  expectTypeOf<VerbosityOf<"gpt-5.2-codex">>().toEqualTypeOf<"medium">();
  expectTypeOf<VerbosityOf<"gpt-5.3-codex">>().toEqualTypeOf<Verbosity>();
  expectTypeOf<VerbosityOf<"codex-mini-latest">>().toEqualTypeOf<never>();
  expectTypeOf<VerbosityOf<"gpt-5.2-pro">>().toEqualTypeOf<Verbosity>();
  expectTypeOf<VerbosityOf<string>>().toEqualTypeOf<Verbosity>();
});

test("an effort of another model does not compile", () => {
  const effort: EffortOf<"gpt-5.3-codex"> = "xhigh";
  // @ts-expect-error: gpt-5.3-codex always reasons.
  const wrong: EffortOf<"gpt-5.3-codex"> = "none";
  // @ts-expect-error: gpt-5.2-codex has one verbosity.
  const verbosity: VerbosityOf<"gpt-5.2-codex"> = "low";
  void [effort, wrong, verbosity];
});

test("the efforts of a model can be inferred from a request", () => {
  const accept = <M extends ModelId>(request: { model: M; effort: NoInfer<EffortOf<M>> }) =>
    request;
  accept({ model: "gpt-5.1", effort: "none" });
  accept({ model: "openai/gpt-5.1", effort: "max" });
  // @ts-expect-error: gpt-5.1 has no such effort.
  accept({ model: "gpt-5.1", effort: "max" });
});

test("every string is a model id, and known ones are told apart", () => {
  expectTypeOf<string>().toExtend<ModelId>();
  expectTypeOf<KnownModelId>().toExtend<ModelId>();
  expectTypeOf<"gpt-6.2-sol">().toExtend<KnownModelId>();
  expectTypeOf<"gpt-6.2">().not.toExtend<KnownModelId>();
  expectTypeOf<string>().not.toExtend<KnownModelId>();
});
