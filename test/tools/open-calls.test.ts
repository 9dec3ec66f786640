import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { answer } from "../../src/tools/answer.ts";
import { callId, isCutOff, openCalls } from "../../src/tools/open-calls.ts";
import type { Call, Item } from "../../src/turn.ts";
import {
  approvalRequest,
  computerCall,
  customCall,
  functionCall,
  localShellCall,
  patchCall,
  searchCall,
  shellCall,
} from "./make-calls.ts";

const everyCall: Call[] = [
  functionCall("f", {}),
  customCall("c", "x"),
  shellCall(["ls"]),
  localShellCall,
  patchCall({ type: "delete_file", path: "a" }),
  computerCall(),
  searchCall(),
  approvalRequest,
];

describe("openCalls", () => {
  test("finds each type of call the client must answer, in order", () => {
    expect(openCalls(everyCall)).toEqual(everyCall);
  });

  test("finds none once answer() answered it, wherever the output stands", () => {
    const outputs = everyCall.map((call) => answer(call, "done"));

    expect(openCalls([...everyCall, ...outputs])).toEqual([]);
    expect(openCalls([...outputs, ...everyCall])).toEqual([]);
  });

  test("leaves exactly the unanswered calls, in order, and changes nothing", () => {
    fc.assert(
      fc.property(fc.subarray(everyCall), fc.subarray(everyCall), (calls, answered) => {
        const items: readonly Item[] = Object.freeze([
          { role: "user", content: "hi" },
          ...calls,
          ...answered.map((call) => answer(call, new Error("no"))),
        ]);

        expect(openCalls(items)).toEqual(calls.filter((call) => !answered.includes(call)));
      }),
    );
  });

  test("does not take the output of one type for another's", () => {
    const call = customCall("c", "x");
    const wrong: Item = { type: "function_call_output", call_id: call.call_id, output: "x" };

    expect(openCalls([call, wrong])).toEqual([call]);
  });

  test("leaves out what the server answers", () => {
    const hosted: Item[] = [
      shellCall(["ls"], { environment: { type: "container_reference", container_id: "c_1" } }),
      searchCall({ execution: "server", call_id: null }),
      {
        type: "web_search_call",
        id: "ws",
        status: "completed",
        action: { type: "search", query: "q" },
      },
      { type: "mcp_call", id: "mcp", name: "n", arguments: "{}", server_label: "s" },
      { type: "program", id: "p", call_id: "call_p", code: "", fingerprint: "f" },
      {
        type: "code_interpreter_call",
        id: "ci",
        code: "",
        container_id: "c",
        outputs: [],
        status: "completed",
      },
    ];

    expect(openCalls(hosted)).toEqual([]);
  });

  test("takes a shell call in the local environment, said or not, for the client's", () => {
    const said = shellCall(["ls"], { environment: { type: "local" } });
    const { environment: _, ...silent } = shellCall(["ls"], { call_id: "call_2" });

    expect(openCalls([said, silent])).toEqual([said, silent]);
  });

  test("counts an approval as given once its mcp_call is there", () => {
    const call: Item = {
      type: "mcp_call",
      id: "mcp_1",
      approval_request_id: approvalRequest.id,
      name: "delete_repo",
      arguments: "{}",
      server_label: "github",
    };

    expect(openCalls([approvalRequest, call])).toEqual([]);
  });

  test("lists a call that stands twice once", () => {
    expect(openCalls([...everyCall, ...everyCall])).toEqual(everyCall);
  });

  test("passes over items of types it does not know", () => {
    const future = { type: "constructor", id: "x" } as unknown as Item;

    expect(openCalls([future, everyCall[0] ?? future])).toEqual([everyCall[0]]);
  });

  test("lists async and cut-off calls as well", () => {
    const later = functionCall("later", {}, { async: true });
    const cut = functionCall("cut", '{"pa', { status: "incomplete" });

    expect(openCalls([later, cut])).toEqual([later, cut]);
  });

  test("returns the items as calls", () => {
    expectTypeOf(openCalls([])).toEqualTypeOf<Call[]>();
  });
});

describe("callId", () => {
  test("is the call_id, or the id of a call without one", () => {
    expect(everyCall.map(callId)).toEqual([
      "call_f",
      "call_c",
      "call_shell",
      "call_local",
      "call_patch",
      "call_computer",
      "call_search",
      "mcpr_1",
    ]);
  });
});

describe("isCutOff", () => {
  test.for<[boolean, string, Call]>([
    [false, "a completed call", functionCall("f", {})],
    [false, "a call without a status", customCall("c", "x")],
    [true, "an incomplete call", functionCall("f", {}, { status: "incomplete" })],
    [true, "an incomplete shell call", shellCall(["ls"], { status: "incomplete" })],
    [
      true,
      "a call in progress without arguments",
      functionCall("f", "", { status: "in_progress" }),
    ],
    [false, "a call in progress with arguments", functionCall("f", {}, { status: "in_progress" })],
    [false, "a shell call in progress", shellCall(["ls"], { status: "in_progress" })],
    [
      true,
      "a patch in progress",
      patchCall({ type: "delete_file", path: "a" }, { status: "in_progress" }),
    ],
    [false, "an approval request", approvalRequest],
  ])("is %s for %s", ([cut, , call]) => {
    expect(isCutOff(call)).toBe(cut);
  });
});
