import { describe, expect, test } from "vitest";
import {
  calls,
  type ItemDraft,
  items,
  mockResponses,
  patches,
  type Reply,
  refuses,
  runs,
  says,
  thinks,
  together,
} from "../../src/testing/index.ts";
import { clientOf, post, streamed, type WireEvent } from "./client.ts";

const citation = {
  type: "url_citation",
  start_index: 0,
  end_index: 3,
  title: "Docs",
  url: "https://docs.test",
} as const;

const others: Record<string, ItemDraft> = {
  "a function call output": { type: "function_call_output", call_id: "call_x", output: "42" },
  "a custom tool call output": { type: "custom_tool_call_output", call_id: "call_x", output: "4" },
  "the output of a hosted shell": {
    type: "shell_call_output",
    call_id: "call_x",
    output: [{ stdout: "a long line of output\n", stderr: "oh", outcome: { type: "timeout" } }],
  },
  "a local shell call": {
    type: "local_shell_call",
    action: { type: "exec", command: ["ls"], env: {} },
  },
  "a local shell call output": { type: "local_shell_call_output", output: "{}" },
  "an apply_patch call output": { type: "apply_patch_call_output", call_id: "call_x" },
  "a computer call": { type: "computer_call", action: { type: "screenshot" } },
  "a computer call output": {
    type: "computer_call_output",
    call_id: "call_x",
    output: { type: "computer_screenshot", image_url: "data:," },
  },
  "a tool search on the server": { type: "tool_search_call", arguments: { query: "files" } },
  "a tool search by the client": { type: "tool_search_call", execution: "client" },
  "a tool search output": { type: "tool_search_output", tools: [{ type: "apply_patch" }] },
  "an MCP approval request": {
    type: "mcp_approval_request",
    server_label: "docs",
    name: "ask",
    arguments: '{"q":1}',
  },
  "an MCP approval response": { type: "mcp_approval_response", approval_request_id: "mcpr_1" },
  "an MCP call": {
    type: "mcp_call",
    server_label: "docs",
    name: "ask",
    arguments: '{"question":"where is it?"}',
    output: "there",
  },
  "a failed MCP call": {
    type: "mcp_call",
    name: "ask",
    status: "failed",
    error: { type: "http_error", code: 502, message: "Bad gateway" },
  },
  "an MCP tool list": {
    type: "mcp_list_tools",
    server_label: "docs",
    tools: [{ name: "ask", input_schema: { type: "object" } }],
  },
  "an MCP tool list that failed": { type: "mcp_list_tools", error: "no such server" },
  "a web search": { type: "web_search_call", action: { type: "search", query: "node 24" } },
  "a file search": {
    type: "file_search_call",
    queries: ["errors"],
    results: [{ file_id: "file_1", score: 0.5, text: "…" }],
  },
  "a code interpreter call": {
    type: "code_interpreter_call",
    code: "print(6 * 7)  # the answer",
    outputs: [{ type: "logs", logs: "42" }],
  },
  "an image": { type: "image_generation_call", result: "aGVsbG8=", size: "1024x1024" },
  "a program": { type: "program", code: "await tools.read()" },
  "a program output": { type: "program_output", call_id: "call_x", result: "ok" },
  "a compaction": { type: "compaction" },
  "additional tools": { type: "additional_tools", tools: [{ type: "shell" }] },
};

const replies: Record<string, Reply> = {
  "a message": says("Two words, and a line\nbreak."),
  "an empty message": says(""),
  "a message in given chunks": says({ chunks: ["a", "", "b c", "d"] }),
  "a commentary with annotations": says({
    text: "See the docs.",
    phase: "commentary",
    annotations: [citation, { type: "file_path", file_id: "file_1", index: 4 }],
  }),
  "a refusal": refuses("I will not do that."),
  "a text and a refusal": says({ text: "First this.", refusal: "Then no." }),
  "two text parts": items({
    type: "message",
    content: [
      { type: "output_text", text: "one ", annotations: [] },
      { type: "output_text", text: "two", annotations: [] },
    ],
  }),
  "log probabilities": items({
    type: "message",
    content: [
      {
        type: "output_text",
        text: "hi",
        annotations: [],
        logprobs: [{ token: "hi", bytes: [104, 105], logprob: -0.1, top_logprobs: [] }],
      },
    ],
  }),
  reasoning: thinks("Plan the work."),
  "reasoning in parts, with its text": thinks(
    { summary: ["First part.", "Second part."], text: "Raw thoughts." },
    says("Done."),
  ),
  "reasoning without ciphertext": thinks({ summary: "Short.", encrypted_content: null }),
  "a function call": calls([
    { name: "read_file", arguments: { path: "src/index.ts", lines: [1] } },
  ]),
  "a function call without arguments": calls([{ name: "now" }]),
  "a function call of half a JSON text": calls([
    { name: "now", arguments: '{"a": "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂' },
  ]),
  "a namespaced, asynchronous call": calls([{ name: "wait", namespace: "ci", async: true }]),
  "a custom tool call": patches("*** Begin Patch\n*** Delete File: a.ts\n*** End Patch"),
  "a shell command": runs("npm test", { workdir: "/repo" }),
  "a shell call": calls([{ shell: ["ls -la", "cat package.json | head -20"], timeout_ms: 1000 }]),
  "an apply_patch call that creates": calls([
    {
      apply_patch: { type: "create_file", path: "a.ts", diff: "+export {};\n+// a second line\n" },
    },
  ]),
  "an apply_patch call that deletes": calls([
    { apply_patch: { type: "delete_file", path: "a.ts" } },
  ]),
  "several items": together(
    thinks("Look first."),
    says({ text: "Looking.", phase: "commentary" }),
    calls([
      { name: "read_file", arguments: { path: "a" } },
      { name: "sql", input: "select 1" },
    ]),
    runs("ls"),
  ),
  "an item of the future": items({ type: "telepathy_call", id: "tp_1", thought: "hm" }),
  ...Object.fromEntries(Object.entries(others).map(([name, item]) => [name, items(item)])),
};

function other(name: string): ItemDraft {
  const item = others[name];
  if (!item) throw new Error(`No such item: ${name}`);
  return item;
}

const cases = Object.entries(replies);
const now = () => 1_700_000_000;
const params = {
  model: "gpt-5.6-sol",
  input: "Go.",
  tools: [{ type: "image_generation", partial_images: 2 }],
} as const;

function ofType(events: readonly WireEvent[], type: string): WireEvent[] {
  return events.filter((event) => event.type === type);
}

describe.for(["sdk", "full"] as const)("a stream of the %s wire", (wire) => {
  test.for(cases)("numbers its events and ends once, with %s", async ([, reply]) => {
    const events = await streamed(mockResponses([reply], { now, wire }), params);

    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
    ]);
    expect(
      events.filter(({ type }) => /^(error|response\.(completed|failed|incomplete))$/.test(type)),
    ).toEqual([events.at(-1)]);
  });

  test.for(cases)("ends with the items it was done with, with %s", async ([, reply]) => {
    const events = await streamed(mockResponses([reply], { now, wire }), params);
    const done = ofType(events, "response.output_item.done");
    const added = ofType(events, "response.output_item.added");

    expect(events.at(-1)?.response).toMatchObject({ output: done.map(({ item }) => item) });
    expect(done.map(({ output_index }) => output_index)).toEqual(reply.pieces.map((_, i) => i));
    expect(added.map(({ item }) => item)).toMatchObject(
      reply.pieces.map(({ item }) => ({ type: item.type })),
    );
  });

  test.for(cases)("has deltas that make up what is done, with %s", async ([, reply]) => {
    const events = await streamed(mockResponses([reply], { now, wire }), params);
    const texts = new Map<string, string>();
    for (const event of events) {
      const { type, output_index, content_index, summary_index, command_index } = event;
      const [, stem, last] = /^(.+)\.(delta|done)$/.exec(type) ?? [];
      if (!stem || stem === "response.output_item" || /part|output_content/.test(stem)) continue;
      const place = JSON.stringify([
        stem,
        output_index,
        content_index,
        summary_index,
        command_index,
      ]);
      if (last === "delta") texts.set(place, (texts.get(place) ?? "") + event.delta);
      else {
        const { text, refusal, arguments: args, input, command, code, diff } = event;
        expect(texts.get(place) ?? "").toBe(
          text ?? refusal ?? args ?? input ?? command ?? code ?? diff,
        );
      }
    }
  });
});

test.for(cases)("the SDK accumulates %s to the terminal response", async ([, reply]) => {
  const server = mockResponses([reply], { now });
  const stream = clientOf(server).responses.stream({ ...params, tools: [...params.tools] });
  const events = [];
  for await (const event of stream) events.push(event);
  const terminal = events.at(-1);
  const { output, status, usage, id } = await stream.finalResponse();

  expect(terminal).toMatchObject({ type: "response.completed", response: { id, status, usage } });
  expect(terminal).toMatchObject({ response: { output: output.map(withoutParsed) } });
});

function withoutParsed<T extends object>(item: T): object {
  const { parsed_arguments: _, ...rest } = { parsed_arguments: null, ...item };
  if (!("content" in rest) || !Array.isArray(rest.content)) return rest;
  return { ...rest, content: rest.content.map(({ parsed: _parsed, ...part }) => part) };
}

test.for(cases)("a client without a stream gets the same response, with %s", async ([, reply]) => {
  const events = await streamed(mockResponses([reply], { now }), params);
  const { text } = await post(mockResponses([reply], { now }), params);

  expect(JSON.parse(text)).toEqual(events.at(-1)?.response);
});

describe("the full wire", () => {
  const patch = calls([
    { apply_patch: { type: "update_file", path: "a.ts", diff: "@@\n-old\n+new\n" } },
  ]);

  test("streams apply_patch diffs, which make the SDK's accumulator throw", async () => {
    const events = await streamed(mockResponses([patch], { wire: "full" }));

    expect(events.slice(4, 6)).toEqual([
      {
        type: "response.apply_patch_call_operation_diff.delta",
        sequence_number: 4,
        item_id: "apc_1",
        output_index: 0,
        delta: "@@\n-old\n+new\n",
        obfuscation: "xxx",
      },
      {
        type: "response.apply_patch_call_operation_diff.done",
        sequence_number: 5,
        item_id: "apc_1",
        output_index: 0,
        diff: "@@\n-old\n+new\n",
      },
    ]);
    const client = clientOf(mockResponses([patch], { wire: "full" }));
    await expect(
      client.responses.stream({ model: "gpt-5.1", input: "Go." }).finalResponse(),
    ).rejects.toThrow("Unhandled response stream event");
  });

  test("sends a keepalive and padding, unless padding was refused", async () => {
    const server = mockResponses([says("hi"), says("hi")], { wire: "full" });
    const padded = await streamed(server);
    const bare = await streamed(server, { stream_options: { include_obfuscation: false } });

    expect(padded[2]).toEqual({ type: "keepalive", sequence_number: 2 });
    expect(padded.filter((event) => "obfuscation" in event).map(({ type }) => type)).toEqual([
      "response.output_text.delta",
    ]);
    expect(bare.filter((event) => "obfuscation" in event)).toEqual([]);
    expect(bare).toHaveLength(padded.length);
  });
});

describe("the grammar", () => {
  test("of a message", async () => {
    const server = mockResponses([says({ text: "Hi you", annotations: [citation] })], { now });
    const events = await streamed(server);
    const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
    const part = { type: "output_text", text: "Hi you", annotations: [citation], logprobs: [] };
    const item = { id: "msg_1", type: "message", role: "assistant" };

    expect(events.slice(2, -1)).toEqual([
      {
        type: "response.output_item.added",
        sequence_number: 2,
        output_index: 0,
        item: { ...item, status: "in_progress", content: [] },
      },
      {
        type: "response.content_part.added",
        sequence_number: 3,
        ...place,
        part: { ...part, text: "", annotations: [] },
      },
      {
        type: "response.output_text.delta",
        sequence_number: 4,
        ...place,
        delta: "Hi ",
        logprobs: [],
      },
      {
        type: "response.output_text.delta",
        sequence_number: 5,
        ...place,
        delta: "you",
        logprobs: [],
      },
      {
        type: "response.output_text.annotation.added",
        sequence_number: 6,
        ...place,
        annotation_index: 0,
        annotation: citation,
      },
      {
        type: "response.output_text.done",
        sequence_number: 7,
        ...place,
        text: "Hi you",
        logprobs: [],
      },
      { type: "response.content_part.done", sequence_number: 8, ...place, part },
      {
        type: "response.output_item.done",
        sequence_number: 9,
        output_index: 0,
        item: { ...item, status: "completed", content: [part] },
      },
    ]);
  });

  test("of reasoning, whose ciphertext is whole only when it is done", async () => {
    const events = await streamed(mockResponses([thinks("Plan.")]));
    const added = ofType(events, "response.output_item.added")[0]?.item;
    const done = ofType(events, "response.output_item.done")[0]?.item;

    expect(events.slice(2, -1).map(({ type }) => type)).toEqual([
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
    ]);
    expect(added).toEqual({
      id: "rs_1",
      type: "reasoning",
      summary: [],
      encrypted_content: expect.stringMatching(/^gAAAA/),
    });
    expect(done).toEqual({
      id: "rs_1",
      type: "reasoning",
      summary: [{ type: "summary_text", text: "Plan." }],
      encrypted_content: expect.stringMatching(/^gAAAA/),
    });
    expect(added).not.toMatchObject({ encrypted_content: Object(done).encrypted_content });
  });

  test("of a shell call, whose command events carry no item_id", async () => {
    const events = await streamed(mockResponses([calls([{ shell: "ls" }])]));
    const place = { output_index: 0, command_index: 0 };

    expect(events.slice(3, -2)).toEqual([
      { type: "response.shell_call_command.added", sequence_number: 3, ...place, command: "" },
      { type: "response.shell_call_command.delta", sequence_number: 4, ...place, delta: "ls" },
      { type: "response.shell_call_command.done", sequence_number: 5, ...place, command: "ls" },
    ]);
  });

  test("of a function call, which has its name only in the item", async () => {
    const events = await streamed(mockResponses([calls([{ name: "f", arguments: { a: 1 } }])]));
    const place = { item_id: "fc_1", output_index: 0 };

    expect(events.slice(2, -2)).toEqual([
      {
        type: "response.output_item.added",
        sequence_number: 2,
        output_index: 0,
        item: {
          id: "fc_1",
          type: "function_call",
          status: "in_progress",
          arguments: "",
          call_id: "call_1",
          name: "f",
        },
      },
      {
        type: "response.function_call_arguments.delta",
        sequence_number: 3,
        ...place,
        delta: '{"a":1}',
      },
      {
        type: "response.function_call_arguments.done",
        sequence_number: 4,
        ...place,
        arguments: '{"a":1}',
      },
    ]);
  });

  test.for([
    ["a web search", ["in_progress", "searching", "completed"]],
    ["a file search", ["in_progress", "searching", "completed"]],
    ["an MCP tool list", ["in_progress", "completed"]],
    ["an MCP tool list that failed", ["in_progress", "failed"]],
    ["an image", ["in_progress", "generating", "partial_image", "partial_image", "completed"]],
    ["a compaction", []],
  ] as const)("of %s", async ([name, states]) => {
    const events = await streamed(mockResponses([items(other(name))]), params);
    const { type } = other(name);

    expect(events.slice(3, -2).map((event) => event.type)).toEqual(
      states.map((state) => `response.${type}.${state}`),
    );
  });

  test.for([
    ["an MCP call", "completed"],
    ["a failed MCP call", "failed"],
  ] as const)("of %s, which ends %s", async ([name, state]) => {
    const events = await streamed(mockResponses([items(other(name))]));

    expect(events.at(3)?.type).toBe("response.mcp_call.in_progress");
    expect(events.at(-3)?.type).toBe(`response.mcp_call.${state}`);
  });
});
