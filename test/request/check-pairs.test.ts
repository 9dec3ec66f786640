import { describe, expect, test } from "vitest";
import { checkRequest } from "../../src/request/request.ts";
import { error } from "../prompt/problems-of.ts";

/** The problems of items of any form. */
function check(input: readonly object[], params: object = {}) {
  // @ts-expect-error any JSON
  return checkRequest({ model: "mine", input, ...params });
}

const append = "append answer(call, …), or what runCalls(items, tools) returns";
const keep = "keep the call, or use continueFrom(turn)";
const user = { role: "user", content: "Hi" };
const operation = { type: "delete_file", path: "a" };

/** Every kind of call the client answers, with its output. */
const pairs: [string, object, object][] = [
  [
    "call_1",
    { type: "function_call", id: "fc_1", call_id: "call_1", name: "f", arguments: "{}" },
    { type: "function_call_output", call_id: "call_1", output: "" },
  ],
  [
    "call_2",
    { type: "custom_tool_call", id: "ctc_1", call_id: "call_2", name: "f", input: "" },
    { type: "custom_tool_call_output", call_id: "call_2", output: "" },
  ],
  [
    "call_3",
    { type: "shell_call", id: "sh_1", call_id: "call_3", action: { commands: ["ls"] } },
    { type: "shell_call_output", call_id: "call_3", output: [] },
  ],
  [
    "call_4",
    {
      type: "local_shell_call",
      id: "lsh_1",
      call_id: "call_4",
      action: { type: "exec", command: [] },
    },
    { type: "local_shell_call_output", id: "call_4", output: "" },
  ],
  [
    "call_5",
    { type: "apply_patch_call", id: "apc_1", call_id: "call_5", operation },
    { type: "apply_patch_call_output", call_id: "call_5", status: "completed" },
  ],
  [
    "call_6",
    { type: "computer_call", id: "cu_1", call_id: "call_6" },
    { type: "computer_call_output", call_id: "call_6", output: {} },
  ],
  [
    "call_7",
    { type: "tool_search_call", id: "ts_1", call_id: "call_7", execution: "client" },
    { type: "tool_search_output", call_id: "call_7", execution: "client", tools: [] },
  ],
  [
    "mcpr_1",
    { type: "mcp_approval_request", id: "mcpr_1", name: "f", arguments: "{}" },
    { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true },
  ],
];

describe.for(pairs)("%s", ([id, call, output]) => {
  const type = (item: object) => String(Reflect.get(item, "type"));

  test("is answered by its own output, before or after other items", () => {
    expect(check([user, call, output])).toEqual([]);
    expect(check([output, user, call])).toEqual([]);
  });

  test("lacks its output", () => {
    expect(check([user, call, user])).toEqual([
      error("input[1]", `${type(call)} "${id}" has no output`, append),
    ]);
  });

  test("is missing", () => {
    expect(check([user, output])).toEqual([
      error("input[1]", `${type(output)} "${id}" answers no call`, keep),
    ]);
  });

  test.for<object>([{ previous_response_id: "resp_1" }, { conversation: "conv_1" }])(
    "is supplied by %j, its output is not",
    (parent) => {
      expect(check([output], parent)).toEqual([]);
      expect(check([call], parent)).toHaveLength(1);
    },
  );

  test("and its output come once", () => {
    expect(check([call, output, call, output])).toEqual([
      error("input[2]", "repeats input[0]", "send each item once"),
      error("input[3]", "repeats input[1]", "send each item once"),
    ]);
  });
});

test("all of them answered in any order are right, and what the server answers needs nothing", () => {
  const server = [
    { type: "tool_search_call", id: "tsc_9", call_id: null, execution: "server" },
    { type: "tool_search_output", id: "tso_9", call_id: null, execution: "server", tools: [] },
    {
      type: "shell_call",
      id: "sh_9",
      call_id: "call_9",
      environment: { type: "container_reference" },
    },
    { type: "shell_call_output", id: "sho_9", call_id: "call_9", output: [] },
    { type: "mcp_list_tools", id: "mcpl_1", server_label: "docs", tools: [] },
    { type: "mcp_call", id: "mcp_1", approval_request_id: "mcpr_1", name: "f", arguments: "{}" },
    { type: "web_search_call", id: "ws_1", status: "completed" },
    { type: "file_search_call", id: "fs_1", queries: [] },
    { type: "code_interpreter_call", id: "ci_1" },
    { type: "image_generation_call", id: "ig_1", result: null },
    { type: "program", id: "pr_1", call_id: "call_10", code: "" },
    { type: "program_output", id: "po_1", call_id: "call_10", result: "" },
    { type: "from_the_future_call", call_id: "call_11" },
    // Of an async call: the API lets it come without.
    { type: "function_call_output", id: "fco_1", call_id: null, output: "late" },
  ];
  const outputs = pairs.map(([, , output]) => output).reverse();
  expect(check([user, ...pairs.map(([, call]) => call), ...outputs, ...server])).toEqual([]);
});

test("an output of another kind is named, and the call is still open", () => {
  const call = { type: "custom_tool_call", call_id: "call_1", name: "f", input: "" };
  const output = { type: "function_call_output", call_id: "call_1", output: "" };
  expect(check([call, output])).toEqual([
    error("input[0]", 'custom_tool_call "call_1" has no output', append),
    error("input[1]", 'cannot answer custom_tool_call "call_1"', "use answer(call, …)"),
  ]);
});

describe("async calls", () => {
  const call = {
    type: "function_call",
    call_id: "call_1",
    name: "f",
    arguments: "{}",
    async: true,
  };
  const output = { type: "function_call_output", call_id: "call_1", output: "" };

  test("may be answered later", () => {
    expect(check([call, user])).toEqual([]);
    expect(check([call, user, output])).toEqual([]);
  });

  test("that were compacted away may be answered as well", () => {
    const compaction = { type: "compaction", id: "cmp_1", encrypted_content: "gAAA" };
    expect(check([compaction, user, output])).toEqual([]);
    expect(check([output, compaction])).toHaveLength(1);
  });
});

describe("calls of a program", () => {
  const caller = { type: "program", caller_id: "call_9" };
  const program = { type: "program", id: "pr_1", call_id: "call_9", code: "" };
  const call = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}", caller };
  const output = { type: "function_call_output", call_id: "call_1", output: "" };
  const differs = error(
    "input[2]",
    "does not repeat the caller of its call",
    "use answer(call, …)",
  );

  test("are answered with the same caller", () => {
    expect(check([program, call, { ...output, caller }])).toEqual([]);
    expect(check([program, { ...call, caller: { type: "direct" } }, output])).toEqual([]);
    expect(check([program, { ...call, caller: null }, output])).toEqual([]);
  });

  test.for([[undefined], [{ type: "direct" }], [{ type: "program", caller_id: "call_8" }]])(
    "are not answered with %j",
    ([other]) => {
      expect(check([program, call, { ...output, caller: other }])).toEqual([differs]);
    },
  );
});

describe("references", () => {
  const [, call, output] = pairs[0] ?? [];

  test("may stand for a call or an output", () => {
    expect(check([{ type: "item_reference", id: "fc_1" }, output ?? {}])).toEqual([]);
    expect(check([call ?? {}, { id: "fco_1" }])).toEqual([]);
  });

  test("may come twice", () => {
    expect(check([{ id: "msg_1" }, { type: "item_reference", id: "msg_1" }])).toEqual([]);
  });
});

test("messages and reasoning come once", () => {
  const message = { type: "message", role: "assistant", id: "msg_1", content: [] };
  const reasoning = { type: "reasoning", id: "rs_1", summary: [] };
  expect(check([reasoning, message, user, user, reasoning, message])).toEqual([
    error("input[4]", "repeats input[0]", "send each item once"),
    error("input[5]", "repeats input[1]", "send each item once"),
  ]);
});
