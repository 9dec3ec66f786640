import { describe, expect, test } from "vitest";
import { stateless } from "../../src/prompt/stateless.ts";
import { checkRequest } from "../../src/request/request.ts";
import { toolListProblems } from "../../src/tools/tool-list-problems.ts";
import { error, warning } from "../prompt/problems-of.ts";

/** The problems of items of any form. */
function check(input: readonly object[], params: object = {}) {
  // @ts-expect-error any JSON
  return checkRequest({ model: "mine", input, ...params });
}

const user = { role: "user", content: "Hi" };
const assistant = { type: "message", role: "assistant", id: "msg_1", content: [] };
const reasoning = (id: string) => ({ type: "reasoning", id, summary: [], encrypted_content: "gA" });
const call = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" };
const output = { type: "function_call_output", call_id: "call_1", output: "" };

describe("reasoning", () => {
  const lone = (i: number) =>
    error(
      `input[${i}]`,
      "reasoning lacks the item that followed it",
      "keep both, or leave both out",
    );

  test.for<[string, object[]]>([
    ["a message", [user, reasoning("rs_1"), assistant]],
    ["a call", [reasoning("rs_1"), call, output]],
    ["more reasoning and then a call", [reasoning("rs_1"), reasoning("rs_2"), call, output]],
    ["a hosted call", [reasoning("rs_1"), { type: "web_search_call", id: "ws_1" }]],
    ["a compaction", [reasoning("rs_1"), { type: "compaction", id: "cmp_1" }]],
    ["a reference", [reasoning("rs_1"), { type: "item_reference", id: "msg_1" }]],
    ["an item of the future", [reasoning("rs_1"), { type: "from_the_future" }]],
  ])("is followed by %s", ([, input]) => {
    expect(check(input)).toEqual([]);
  });

  test.for<[string, object[]]>([
    ["nothing", []],
    ["a user message", [user]],
    ["a developer message", [{ type: "message", role: "developer", content: "x" }]],
    ["an added tool", [{ type: "additional_tools", role: "developer", tools: [] }]],
    ["a new configuration", [{ type: "configuration_update" }]],
    ["a trigger", [{ type: "compaction_trigger" }]],
  ])("is not followed by %s", ([, rest]) => {
    expect(check([reasoning("rs_1"), ...rest])).toEqual([lone(0)]);
  });

  test("is not followed by an output, and each of several items is named", () => {
    expect(check([call, reasoning("rs_1"), output])).toEqual([lone(1)]);
    expect(check([reasoning("rs_1"), reasoning("rs_2"), user, reasoning("rs_3")])).toEqual([
      lone(0),
      lone(1),
      lone(3),
    ]);
  });
});

describe("with store: false", () => {
  test("reasoning needs its encrypted content, and keeps its id", () => {
    const bare = { type: "reasoning", id: "rs_2", summary: [], encrypted_content: null };
    expect(check([reasoning("rs_1"), assistant, bare, call, output], stateless())).toEqual([
      error(
        "input[2]",
        "reasoning without encrypted_content is lost with store: false",
        "make responses with ...stateless(), or leave it out",
      ),
    ]);
    expect(check([bare, call, output])).toEqual([]);
    expect(check([bare, call, output], { store: true })).toEqual([]);
  });

  test.for<object>([
    { type: "item_reference", id: "msg_1" },
    { id: "msg_1" },
    { id: "msg_1", type: null },
  ])("%j refers to nothing", (reference) => {
    expect(check([user, reference], stateless())).toEqual([
      error("input[1]", "what it refers to is lost with store: false", "send the item itself"),
    ]);
    expect(check([user, reference])).toEqual([]);
  });
});

describe("configuration updates", () => {
  const update = { type: "configuration_update", reasoning: { effort: "low" } };

  test("stand alone", () => {
    expect(check([update, user, update, user])).toEqual([]);
    expect(check([update, update, update, user])).toEqual(
      [1, 2].map((i) => error(`input[${i}]`, "follows another one", "merge the two")),
    );
  });

  test("do not go with pro mode", () => {
    expect(check([update, user], { reasoning: { mode: "pro" } })).toEqual([
      error("input[0]", 'cannot be combined with mode "pro"', "leave one of them out"),
    ]);
  });
});

test("a compaction trigger comes last", () => {
  const trigger = { type: "compaction_trigger" };
  expect(check([user, trigger])).toEqual([]);
  expect(check([trigger, user])).toEqual([
    error("input[0]", "is not the last item", "move it to the end"),
  ]);
});

describe("additional tools", () => {
  const grep = { type: "function", name: "grep", parameters: {}, strict: false };
  const add = (...tools: unknown[]) => ({ type: "additional_tools", role: "developer", tools });

  test("may be new, or replace added ones", () => {
    expect(check([add(grep), user, add(grep, { type: "web_search" })])).toEqual([]);
  });

  test("cannot replace one of the request", () => {
    expect(check([add({ type: "web_search" }, grep)], { tools: [grep] })).toEqual([
      warning(
        "input[0].tools[1].name",
        '"grep" is in tools, which stays in force',
        "use another name",
      ),
    ]);
  });

  test("are tools, each with a name of its own", () => {
    const problems = toolListProblems([grep, grep, null], "input[0].tools");
    expect(check([add(grep, grep, null)])).toEqual(problems);
    expect(problems.map(({ path }) => path)).toEqual([
      "input[0].tools[1].name",
      "input[0].tools[2]",
    ]);
  });
});

describe("phase", () => {
  const final = { ...assistant, id: "msg_2", phase: "final_answer" };

  test("is lost where messages before had one", () => {
    expect(check([final, user, assistant])).toEqual([
      warning("input[2]", "has lost its phase", "replay messages as they were received"),
    ]);
  });

  test("is not missed on earlier messages, one's own, or where the API gave none", () => {
    const own = { role: "assistant", content: "Hello" };
    expect(check([assistant, user, final, own])).toEqual([]);
    expect(check([final, { ...assistant, phase: null }])).toEqual([]);
  });
});
