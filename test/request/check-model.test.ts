import { describe, expect, test } from "vitest";
import { models } from "../../src/models/catalogue.ts";
import type { ModelInfo } from "../../src/models/model-info.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { checkRequest } from "../../src/request/request.ts";
import { applyPatchTool } from "../../src/tools/apply-patch-tool.ts";
import { shellTool } from "../../src/tools/shell-tool.ts";
import { error, warning } from "../prompt/problems-of.ts";

const date = new Date("2026-11-20T12:00:00Z");

/** The problems of any JSON on a day. */
function check(params: object, model?: ModelInfo) {
  return checkRequest(params, { date, ...(model && { model }) });
}

describe("effort and verbosity", () => {
  const low = "use low or medium or high or xhigh";
  test.for([
    ["gpt-5.3-codex", "max", low],
    ["openai/gpt-5-3-codex", "none", low],
    ["gpt-5.6", "minimal", "use none or low or medium or high or xhigh or max"],
    ["gpt-6.2-sol", "hihg", `did you mean "high"? ${low} or max`],
    ["gpt-6.2-sol-2026-11-17", "none", `${low} or max`],
  ] as const)("%s does not take the effort %s", ([model, effort, fix]) => {
    expect(check({ model, reasoning: { effort } })).toEqual([
      error("reasoning.effort", `"${effort}" is not supported by ${model}`, fix),
    ]);
  });

  test("gpt-5.2-codex takes one verbosity", () => {
    const shut = warning("model", "gpt-5.2-codex was shut down on 2026-07-23", "use gpt-5.6-sol");
    expect(check({ model: "gpt-5.2-codex", text: { verbosity: "low" } })).toEqual([
      error("text.verbosity", '"low" is not supported by gpt-5.2-codex', "use medium"),
      shut,
    ]);
    expect(check({ model: "gpt-5.2-codex", text: { verbosity: "medium" } })).toEqual([shut]);
  });

  test("a model without verbosity takes none", () => {
    const model: ModelInfo = { ...models["gpt-5.5"], verbosity: [] };
    expect(check({ model: "mine", text: { verbosity: "low" } }, model)).toEqual([
      error("text.verbosity", '"low" is not supported by mine', "leave it out"),
    ]);
  });

  test("every value of every model is taken", () => {
    for (const [model, info] of Object.entries<ModelInfo>(models)) {
      for (const effort of info.efforts ?? ["max"]) {
        for (const verbosity of [null, ...(info.verbosity ?? ["low"])]) {
          const problems = check({ model, reasoning: { effort }, text: { verbosity } });
          expect(problems.filter(({ level }) => level === "error")).toEqual([]);
        }
      }
    }
  });

  test("an unknown model, an unknown effort of it and an unknown ModelInfo pass", () => {
    expect(check({ model: "mine", reasoning: { effort: "hihg" }, temperature: 1 })).toEqual([]);
    const open: ModelInfo = { ...models["gpt-5.5"], efforts: null, sampling: null };
    expect(check({ model: "gpt-5.5", reasoning: { effort: "hihg" }, top_p: 1 }, open)).toEqual([]);
  });

  test("a corrected ModelInfo goes before the catalogue", () => {
    const model: ModelInfo = { ...models["gpt-6.2-sol"], efforts: ["low"] };
    expect(check({ model: "gpt-5.3-codex", reasoning: { effort: "xhigh" } }, model)).toEqual([
      error("reasoning.effort", '"xhigh" is not supported by gpt-5.3-codex', "use low"),
    ]);
  });

  test("a configuration_update is held to its model's efforts", () => {
    const input = [
      { type: "configuration_update", reasoning: { effort: "none" } },
      { role: "user", content: "Hi" },
    ];
    expect(check({ model: "gpt-6.1-sol", input })).toEqual([
      error("input[0].reasoning.effort", '"none" is not supported by gpt-6.1-sol', `${low} or max`),
    ]);
  });
});

describe("sampling", () => {
  const all = {
    temperature: 0.2,
    top_p: 1,
    top_logprobs: 3,
    include: ["reasoning.encrypted_content", "message.output_text.logprobs"],
  };
  const refused = (model: string, fix: string) =>
    ["temperature", "top_p", "top_logprobs", "include[1]"].map((path) =>
      error(path, `is refused while ${model} reasons`, fix),
    );

  test("is refused while a model reasons, and by default where that is its default", () => {
    const fix = 'remove it, or use effort "none"';
    expect(check({ model: "gpt-5.4", ...all, reasoning: { effort: "low" } })).toEqual(
      refused("gpt-5.4", fix),
    );
    expect(check({ model: "gpt-5.5", ...all })).toEqual(refused("gpt-5.5", fix));
  });

  test("is refused by a model that always reasons", () => {
    expect(check({ model: "gpt-6.2-sol", ...all })).toEqual(refused("gpt-6.2-sol", "remove it"));
  });

  test("is taken at effort none, and null is no value", () => {
    expect(check({ model: "gpt-5.4", ...all })).toEqual([]);
    expect(check({ model: "gpt-5.5", ...all, reasoning: { effort: "none" } })).toEqual([]);
    const none = { temperature: null, top_p: null, top_logprobs: null, include: null };
    expect(check({ model: "gpt-6.2-sol", ...none })).toEqual([]);
  });
});

describe("tools", () => {
  const run = () => ({ stdout: "", stderr: "", exitCode: 0 });
  const shell = shellTool({ execute: run, wire: "builtin" });
  const patch = applyPatchTool({ apply: () => "", wire: "builtin" });
  const other = "leave it out, or use another model";

  test("of a type the model does not have", () => {
    const tools = [shell, patch, { type: "tool_search" }, { type: "computer" }, { type: "mcp" }];
    expect(check({ model: "gpt-5", tools })).toEqual([
      error("tools[0]", "gpt-5 does not have the tool shell", 'leave out wire: "builtin"'),
      error("tools[1]", "gpt-5 does not have the tool apply_patch", 'leave out wire: "builtin"'),
      error("tools[2]", "gpt-5 does not have the tool tool_search", other),
      error("tools[3]", "gpt-5 does not have the tool computer", other),
    ]);
    expect(check({ model: "gpt-5.5", tools })).toEqual([]);
  });

  test("in their default form are taken by every model since GPT-5", () => {
    const tools = [shellTool({ execute: run }), applyPatchTool({ apply: () => "" })];
    expect(check({ model: "gpt-5", tools })).toEqual([]);
  });

  test("whose type is the name of an object's own field are unknown", () => {
    expect(
      check({ model: "gpt-5", tools: [{ type: "constructor" }, { type: "__proto__" }] }),
    ).toEqual([]);
  });

  test("added later are checked too", () => {
    const added = { type: "additional_tools", role: "developer", tools: [{ type: "computer" }] };
    const mine: ModelInfo = {
      ...models["gpt-6.1-sol"],
      tools: { ...models["gpt-6.1-sol"].tools, computer: false },
    };
    expect(check({ model: "mine", input: [added] }, mine)).toEqual([
      error("input[0].tools[0]", "mine does not have the tool computer", other),
    ]);
  });
});

test("items that a model does not have", () => {
  const input = [
    { type: "additional_tools", role: "developer", tools: [] },
    { type: "configuration_update", reasoning: { effort: "low" } },
    { role: "user", content: "Hi" },
  ];
  expect(check({ model: "gpt-5.5", input })).toEqual([
    error("input[0]", "gpt-5.5 does not have additional_tools", "pass every tool in tools"),
    error("input[1]", "gpt-5.5 does not have configuration_update", "change the request itself"),
  ]);
  expect(check({ model: "gpt-5.6", input }).map(({ path }) => path)).toEqual(["input[1]"]);
  expect(check({ model: "gpt-6.1-sol", input })).toEqual([]);
  // Whether GPT-6.2 has it is not known.
  expect(check({ model: "gpt-6.2-sol", input })).toEqual([]);
});

describe("cache breakpoints", () => {
  const long = "Rule. ".repeat(800);
  const missing = warning(
    "input",
    "has no cache breakpoint after its stable part",
    "pass instructions and model to prompt()",
  );

  test("are refused by models before GPT-5.6", () => {
    const params = prompt({ instructions: long, task: "Hi", model: "gpt-5.6" });
    expect(check({ model: "gpt-5.5", ...params })).toEqual([
      error(
        "input[0].content[0].prompt_cache_breakpoint",
        "gpt-5.5 does not have cache breakpoints",
        "leave model out of prompt(), or use GPT-5.6 or later",
      ),
    ]);
  });

  test("are missed after a long stable part", () => {
    const params = prompt({ instructions: long, task: "Hi" });
    expect(check({ model: "gpt-6.2-sol", ...params })).toEqual([missing]);
    expect(check({ model: "gpt-6.1-sol", instructions: long, input: "Hi" })).toEqual([missing]);
    const tools = [{ type: "custom", name: "x", description: long }];
    const short = prompt({ instructions: "Fix bugs.", task: "Hi" });
    expect(check({ model: "gpt-6.2-sol", tools, ...short })).toEqual([missing]);
  });

  test.for<[string, object]>([
    [
      "where it is set",
      { model: "gpt-6.2-sol", ...prompt({ instructions: long, model: "gpt-5.6" }) },
    ],
    ["where the model has none", { model: "gpt-5.5", ...prompt({ instructions: long }) }],
    ["where the model is unknown", { model: "mine", ...prompt({ instructions: long }) }],
    [
      "where the part is too short to be cached",
      { model: "gpt-6.2-sol", ...prompt({ instructions: "Hi" }) },
    ],
    ["where nothing is stable", { model: "gpt-6.2-sol", ...prompt({ task: long }) }],
    [
      "where the cache is switched off",
      {
        model: "gpt-6.2-sol",
        ...prompt({ instructions: long }),
        prompt_cache_options: { mode: "explicit" },
      },
    ],
  ])("are not missed %s", ([, params]) => {
    expect(check(params)).toEqual([]);
  });
});

describe("shutdown", () => {
  const on = (day: string) =>
    checkRequest({ model: "gpt-5.1", input: "Hi" }, { date: new Date(day) });

  test("is a warning from the day on, with what to use instead", () => {
    expect(on("2027-03-31T23:59:59Z")).toEqual([]);
    expect(on("2027-04-01T00:00:00Z")).toEqual([
      warning("model", "gpt-5.1 was shut down on 2027-04-01", "use gpt-6-sol"),
    ]);
  });

  test("without a replacement", () => {
    expect(check({ model: "codex-mini-latest", input: "Hi" })).toEqual([
      warning("model", "codex-mini-latest was shut down on 2026-02-12", "use a newer model"),
    ]);
  });
});
