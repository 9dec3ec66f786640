import { describe, expect, test } from "vitest";
import { calls, type ItemDraft, items, mockResponses, says } from "../../src/testing/index.ts";
import { post, refusal } from "./client.ts";

const model = "gpt-5.3-codex";

interface Pair {
  readonly call: ItemDraft;
  readonly output: { readonly type: string; readonly [key: string]: unknown };
  readonly missing: string;
  readonly orphan: string;
}

/** Every call the client must answer, with its answer and what the API says without one. */
const pairs: Record<string, Pair> = {
  function_call: {
    call: { type: "function_call", name: "f" },
    output: { type: "function_call_output", call_id: "call_1", output: "1" },
    missing: "No tool output found for function call call_1.",
    orphan: "No tool call found for function call output with call_id call_1.",
  },
  custom_tool_call: {
    call: { type: "custom_tool_call", name: "f", input: "x" },
    output: { type: "custom_tool_call_output", call_id: "call_1", output: "1" },
    missing: "No tool output found for custom tool call call_1.",
    orphan: "No tool call found for custom tool call output with call_id call_1.",
  },
  shell_call: {
    call: {
      type: "shell_call",
      action: { commands: ["ls"], max_output_length: null, timeout_ms: null },
    },
    output: { type: "shell_call_output", call_id: "call_1", output: [] },
    missing: "No tool output found for shell call call_1.",
    orphan: "No tool call found for shell call output with call_id call_1.",
  },
  local_shell_call: {
    call: { type: "local_shell_call" },
    output: { type: "local_shell_call_output", id: "call_1", output: "{}" },
    missing: "No tool output found for local shell call call_1.",
    orphan: "No tool call found for local shell call output with call_id call_1.",
  },
  apply_patch_call: {
    call: { type: "apply_patch_call", operation: { type: "delete_file", path: "a" } },
    output: { type: "apply_patch_call_output", call_id: "call_1", status: "completed" },
    missing: "No tool output found for apply patch call call_1.",
    orphan: "No tool call found for apply patch call output with call_id call_1.",
  },
  computer_call: {
    call: { type: "computer_call", action: { type: "screenshot" } },
    output: {
      type: "computer_call_output",
      call_id: "call_1",
      output: { type: "computer_screenshot", image_url: "data:," },
    },
    missing: "No tool output found for computer call call_1.",
    orphan: "No tool call found for computer call output with call_id call_1.",
  },
  tool_search_call: {
    call: { type: "tool_search_call", execution: "client", arguments: {} },
    output: { type: "tool_search_output", call_id: "call_1", execution: "client", tools: [] },
    missing: "No tool output found for tool search call call_1.",
    orphan: "No tool call found for tool search output with call_id call_1.",
  },
  mcp_approval_request: {
    call: { type: "mcp_approval_request", name: "f", server_label: "s" },
    output: { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true },
    missing: "No tool output found for mcp approval request mcpr_1.",
    orphan: "No tool call found for mcp approval response with call_id mcpr_1.",
  },
};

function badInput(message: string) {
  const error = { message, type: "invalid_request_error", param: "input", code: null };
  return { status: 400, error };
}

const cases = Object.entries(pairs);
const more = { type: "message", role: "user", content: "Go on." };

describe("a call the client must answer", () => {
  test.for(cases)("%s: its answer continues the chain", async ([, { call, output }]) => {
    const server = mockResponses([items(call), says("Thanks.")]);
    await post(server, { model, input: "Go." });
    const { status } = await post(server, {
      model,
      previous_response_id: "resp_1",
      input: [output],
    });

    expect(status).toBe(200);
  });

  test.for(cases)("%s: unanswered, it stops the chain", async ([, { call, missing }]) => {
    const server = mockResponses([items(call), says("Never.")]);
    await post(server, { model, input: "Go." });
    const body = { model, previous_response_id: "resp_1", input: [more] };

    expect(await refusal(server, body)).toEqual(badInput(missing));
    expect(server.pending).toBe(1);
  });

  test.for(cases)("%s: unanswered, it stops a replay", async ([, { call, missing }]) => {
    const server = mockResponses([items(call), says("Never.")]);
    const { text } = await post(server, { model, input: "Go.", store: false });
    const input = [more, ...JSON.parse(text).output, more];

    expect(await refusal(server, { model, input, store: false })).toEqual(badInput(missing));
  });

  test.for(cases)("%s: an answer without it is refused", async ([, { output, orphan }]) => {
    const server = mockResponses([says("Never.")]);

    expect(await refusal(server, { model, input: [more, output] })).toEqual(badInput(orphan));
  });

  test("only an answer of its own type counts", async () => {
    const server = mockResponses([calls([{ name: "f" }]), says("Never.")]);
    await post(server, { model, input: "Go." });
    const output = { type: "custom_tool_call_output", call_id: "call_1", output: "1" };
    const body = { model, previous_response_id: "resp_1", input: [output] };

    expect(await refusal(server, body)).toEqual(
      badInput("No tool output found for function call call_1."),
    );
  });

  test("parallel calls each need their answer, in any order", async () => {
    const server = mockResponses([calls([{ name: "f" }, { name: "g" }]), says("Thanks.")]);
    await post(server, { model, input: "Go." });
    const one = { type: "function_call_output", call_id: "call_1", output: "1" };
    const two = { type: "function_call_output", call_id: "call_2", output: "2" };
    const chain = { model, previous_response_id: "resp_1" };

    expect(await refusal(server, { ...chain, input: [two] })).toEqual(
      badInput("No tool output found for function call call_1."),
    );
    expect((await post(server, { ...chain, input: [two, one] })).status).toBe(200);
  });

  test("the whole chain is looked at, not only its last link", async () => {
    const server = mockResponses([calls([{ name: "f" }]), says("One."), says("Two.")]);
    await post(server, { model, input: "Go." });
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    await post(server, { model, previous_response_id: "resp_1", input: [output] });
    const chain = { model, previous_response_id: "resp_2" };

    expect((await post(server, { ...chain, input: "Again." })).status).toBe(200);
    expect(await refusal(server, { model, input: [output] })).toEqual(
      badInput("No tool call found for function call output with call_id call_1."),
    );
  });

  test("a call made by a program is answered with its caller", async () => {
    const caller = { type: "program", caller_id: "call_p" };
    const server = mockResponses([calls([{ name: "f", caller }]), says("Thanks.")]);
    await post(server, { model, input: "Go." });
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const chain = { model, previous_response_id: "resp_1" };

    expect(await refusal(server, { ...chain, input: [output] })).toEqual(
      badInput("Tool output for call_1 must repeat the caller of its call."),
    );
    expect((await post(server, { ...chain, input: [{ ...output, caller }] })).status).toBe(200);
  });
});

describe("a call that needs no answer", () => {
  const free: Record<string, ItemDraft> = {
    "an asynchronous call": { type: "function_call", name: "f", async: true },
    "a hosted shell call": {
      type: "shell_call",
      environment: { type: "container_reference", container_id: "cntr_1" },
    },
    "a tool search on the server": { type: "tool_search_call", execution: "server" },
    "an MCP call": { type: "mcp_call", name: "f" },
    "a web search": { type: "web_search_call" },
    "a program": { type: "program", code: "1" },
  };

  test.for(Object.entries(free))("%s", async ([, call]) => {
    const server = mockResponses([items(call), says("Going on.")]);
    await post(server, { model, input: "Go." });
    const { status } = await post(server, {
      model,
      previous_response_id: "resp_1",
      input: [more],
    });

    expect(status).toBe(200);
  });

  test("an asynchronous call may still be answered later", async () => {
    const server = mockResponses([calls([{ name: "f", async: true }]), says("One."), says("Two.")]);
    await post(server, { model, input: "Go." });
    await post(server, { model, previous_response_id: "resp_1", input: "Meanwhile." });
    const output = { type: "function_call_output", call_id: "call_1", output: "1" };
    const body = { model, previous_response_id: "resp_2", input: [output] };

    expect((await post(server, body)).status).toBe(200);
  });
});
