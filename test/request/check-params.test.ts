import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkRequest } from "../../src/request/request.ts";
import { namespace } from "../../src/tools/namespace.ts";
import { tool } from "../../src/tools/tool.ts";
import { toolListProblems } from "../../src/tools/tool-list-problems.ts";
import { error } from "../prompt/problems-of.ts";

/** The problems of any JSON, beside a model nobody knows. */
function check(params: object) {
  return checkRequest({ model: "my-own-model", ...params });
}

test.for<object>([
  {},
  { input: "Hi" },
  { input: [], tools: [], include: [], metadata: {}, context_management: [] },
  { input: null, tools: null, reasoning: null, text: null, include: null, metadata: null },
  { max_output_tokens: null, context_management: null, prompt_cache_key: null, conversation: null },
  { max_output_tokens: 16, prompt_cache_key: "k".repeat(64), safety_identifier: "s".repeat(128) },
  { context_management: [{ type: "compaction", compact_threshold: 1000 }, { type: "compaction" }] },
  { previous_response_id: "resp_1", conversation: null },
  { from_the_future: { x: 1 }, reasoning: { effort: "galactic" }, tools: [{ type: "telepathy" }] },
])("nothing is wrong with %j", (params) => {
  expect(check(params)).toEqual([]);
});

test.for([[undefined], [""], ["  "], [null], [7], [{}]])("the model %j is missing", ([model]) => {
  expect(check({ model, input: "Hi" })).toEqual([
    error("model", "is missing", 'name one, such as "gpt-6.2-sol"'),
  ]);
});

test.for([[7], [true], [{ role: "user" }]])("%j is no input", ([input]) => {
  expect(check({ input })).toEqual([
    error("input", "is no list of items", "pass text, or spread ...prompt({ … })"),
  ]);
});

test("what is no item is named by index, and the items after it keep theirs", () => {
  const input = [
    null,
    "Hi",
    { type: 7 },
    { type: "function_call_output", call_id: {}, output: "" },
    { type: "function_call", call_id: "call_1", name: "ls", arguments: "{}", id: ["fc_1"] },
    [],
    { type: "compaction_trigger" },
    { role: "user", content: "Hi" },
  ];
  const broken = [0, 1, 2, 3, 4, 5].map((i) =>
    error(`input[${i}]`, "is no item", "pass an object with a role or a type"),
  );
  expect(check({ input })).toEqual([
    ...broken,
    error("input[6]", "is not the last item", "move it to the end"),
  ]);
});

test.for(["reasoning", "text"])("%s is an object", (key) => {
  expect(check({ [key]: "high" })).toEqual([
    error(key, "is no object", "spread what its builder returns"),
  ]);
});

test("numbers below the API's minimum", () => {
  const management = [{ compact_threshold: 1000 }, { compact_threshold: 999 }, null, 7];
  expect(check({ max_output_tokens: 15, context_management: management })).toEqual([
    error("max_output_tokens", "15 is too small", "use at least 16, or leave it out"),
    error(
      "context_management[1].compact_threshold",
      "999 is too small",
      "use at least 1000, or leave it out",
    ),
  ]);
});

test("keys above the API's length", () => {
  const params = { prompt_cache_key: "k".repeat(65), safety_identifier: "s".repeat(129) };
  expect(check(params)).toEqual([
    error("prompt_cache_key", "has 65 characters, more than 64", "shorten or hash it"),
    error("safety_identifier", "has 129 characters, more than 128", "shorten or hash it"),
  ]);
});

test("two ways to say what came before", () => {
  expect(check({ previous_response_id: "resp_1", conversation: { id: "conv_1" } })).toEqual([
    error("previous_response_id", "cannot be combined with conversation", "keep one of the two"),
  ]);
});

describe("tools", () => {
  const grep = tool({ name: "grep", parameters: z.object({}) });
  test("have names of their own, in a namespace too", () => {
    const files = namespace({ name: "files", description: "", tools: [grep] });
    expect(check({ tools: [grep, files, { type: "web_search" }, { type: "web_search" }] })).toEqual(
      [],
    );
    const twice = [grep, { type: "custom", name: "grep" }];
    expect(check({ tools: twice })).toEqual(toolListProblems(twice, "tools"));
    expect(toolListProblems(twice, "tools").map(({ path }) => path)).toEqual(["tools[1].name"]);
  });

  test("are tools", () => {
    const none = [null, "grep", {}, { type: "function" }];
    expect(check({ tools: none })).toEqual(toolListProblems(none, "tools"));
    expect(toolListProblems(none, "tools")).toHaveLength(4);
  });

  test("of Chat Completions are named as such, and checked like the others", () => {
    const nested = { type: "function", function: { name: "grep", parameters: {} } };
    expect(check({ tools: [grep, nested] })).toEqual([
      error(
        "tools[1].function",
        "is how Chat Completions nests a function",
        "move name, parameters and strict up, beside type",
      ),
      ...toolListProblems([grep, grep], "tools"),
    ]);
  });
});
