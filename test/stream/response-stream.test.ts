import OpenAI from "openai";
import type { ResponseOutputItem } from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { type CodexError, isCodexError } from "../../src/errors.ts";
import { parseEvents } from "../../src/stream/parse-events.ts";
import { respond, stream } from "../../src/stream/stream.ts";
import {
  calls,
  cuts,
  failed,
  incomplete,
  items,
  mockResponses,
  patches,
  events as plays,
  type Reply,
  refuses,
  runs,
  says,
  stalls,
  thinks,
  together,
} from "../../src/testing/index.ts";
import {
  callItem,
  closing,
  half,
  halfText,
  hello,
  numbered,
  opening,
  sse,
  text,
  textItem,
} from "../faults/events.ts";

const params = { model: "gpt-5.3-codex", input: "Go." };

function clientOf(server: ReturnType<typeof mockResponses>): OpenAI {
  const { fetch } = server;
  return new OpenAI({ apiKey: "test", baseURL: "https://api.test/v1", fetch, maxRetries: 0 });
}

const streamOf = (reply: Parameters<typeof mockResponses>[0], options = {}) =>
  stream(clientOf(mockResponses(reply, { checks: false })), params, options);

async function caught(promise: Promise<unknown>): Promise<CodexError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isCodexError(error)) throw new Error("nothing was thrown");
  return error;
}

async function listOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of source) list.push(each);
  return list;
}

describe("the turn is the response that the SDK's own accumulator makes", () => {
  const kinds: Record<string, Reply> = {
    message: says("one two three"),
    "message in odd chunks": says({ chunks: ["a", "", "b c", "\n"] }),
    "message with annotations": says({
      text: "see",
      annotations: [
        { type: "url_citation", url: "https://a.test", title: "A", start_index: 0, end_index: 3 },
      ],
    }),
    "commentary, then an answer": together(
      says({ text: "hm", phase: "commentary" }),
      says({ text: "42", phase: "final_answer" }),
    ),
    refusal: refuses("No."),
    reasoning: thinks({ summary: ["one", "two"], text: "raw" }, says("x")),
    "function call": calls([{ name: "f", arguments: { a: [1, 2] } }]),
    "several calls": calls([
      { name: "f", arguments: {} },
      { name: "g", input: "text" },
    ]),
    "custom call": calls([{ name: "g", input: "*** Begin" }]),
    patch: patches("*** Begin Patch\n*** End Patch"),
    "shell command": runs("ls", { workdir: "/" }),
    "shell call": calls([{ shell: ["ls", "pwd"] }]),
    "apply_patch call": calls([
      { apply_patch: { type: "create_file", path: "a", diff: "+a\n+b" } },
    ]),
    "web search": items({ type: "web_search_call", action: { type: "search", query: "q" } }),
    "file search": items({ type: "file_search_call", queries: ["q"], results: null }),
    "code interpreter": items({
      type: "code_interpreter_call",
      code: "1 + 1",
      container_id: "c",
      outputs: [],
    }),
    "image generation": items({ type: "image_generation_call", result: "aGk=" }),
    "mcp call": items({
      type: "mcp_call",
      name: "f",
      server_label: "s",
      arguments: '{"a":1}',
      output: "ok",
    }),
    "mcp list": items({ type: "mcp_list_tools", server_label: "s", tools: [] }),
    "mcp approval": items({
      type: "mcp_approval_request",
      name: "f",
      server_label: "s",
      arguments: "{}",
    }),
    computer: items({
      type: "computer_call",
      call_id: "c1",
      action: { type: "screenshot" },
      pending_safety_checks: [],
    }),
    compaction: items({ type: "compaction", encrypted_content: "abc" }),
    nothing: items(),
  };
  test.each(Object.entries(kinds))("%s", async (_, reply) => {
    const server = () => clientOf(mockResponses([reply], { checks: false, now: () => 1 }));
    const theirs = await server().responses.stream(params).finalResponse();
    const events = stream(server(), params);
    const outcome = await events.final().catch((error: unknown) => {
      if (isCodexError(error) && error.kind === "refused") return error.partial;
      throw error;
    });
    const bare = JSON.parse(
      JSON.stringify(theirs, (key, value) =>
        /^(output_text|output_parsed|parsed|parsed_arguments)$/.test(key) ? undefined : value,
      ),
    );
    expect(JSON.parse(JSON.stringify(outcome?.response))).toEqual(bare);
    expect(outcome?.items).toBe(outcome?.response.output);
  });
});

describe("one cursor", () => {
  const reply = [
    thinks("hm", together(says("one two three"), calls([{ name: "f", arguments: {} }]))),
  ];

  test("iteration, text() and items() share it: each event goes to whoever asks", async () => {
    const events = streamOf(reply);
    const all = events[Symbol.asyncIterator]();
    const first = await all.next();
    const words = events.text();
    const word = await words.next();
    const done = await events.items().next();
    const rest = await listOf(all);
    expect([first.value?.type, word.value, done.value?.type]).toEqual([
      "response.created",
      "one ",
      "message",
    ]);
    expect(rest[0]).toMatchObject({ type: "response.output_item.added", output_index: 2 });
    expect((await events.final()).text).toBe("one two three");
  });

  test("text() is the text, items() are the items, in order", async () => {
    expect((await listOf(streamOf(reply).text())).join("")).toBe("one two three");
    const list: ResponseOutputItem[] = await listOf(streamOf(reply).items());
    expect(list.map(({ type }) => type)).toEqual(["reasoning", "message", "function_call"]);
    expect(list).toEqual((await streamOf(reply).final()).items);
  });

  test("partial arguments are on the snapshot while items() waits", async () => {
    const seen: string[] = [];
    const events = streamOf([calls([{ name: "f", arguments: { path: "a b c ".repeat(20) } }])]);
    for await (const { type } of events) {
      const [item] = events.snapshot?.output ?? [];
      if (type.endsWith("arguments.delta") && item?.type === "function_call")
        seen.push(item.arguments);
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((part, i) => i === 0 || part.startsWith(seen[i - 1] ?? ""))).toBe(true);
    expect(seen.at(-1)).toBe(JSON.stringify({ path: "a b c ".repeat(20) }));
  });

  test("the events a reader gets are never changed afterwards", async () => {
    const kept: string[] = [];
    const events = streamOf(reply);
    const list = [];
    for await (const event of events) {
      kept.push(JSON.stringify(event));
      list.push(event);
    }
    await events.final();
    expect(list.map((event) => JSON.stringify(event))).toEqual(kept);
  });

  test("several next() at once come back in order", async () => {
    const all = streamOf(reply)[Symbol.asyncIterator]();
    const list = await Promise.all(Array.from({ length: 5 }, () => all.next()));
    expect(list.map(({ value }) => value?.sequence_number)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("final()", () => {
  test("is what was sent, whatever a reader does to the events", async () => {
    const events = streamOf([plays(hello)]);
    for await (const event of events) Object.assign(event, { type: "mine", output_index: 7 });
    expect((await events.final()).text).toBe(text);
  });

  test("counts no event twice when a reader comes while it waits", async () => {
    let more = (_: string) => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        more = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    const fetch = async () => new Response(body);
    const events = stream(new OpenAI({ apiKey: "test", fetch }), params);
    const done = events.final();
    more(sse(half));
    await vi.waitFor(() => expect(events.snapshot?.output).toHaveLength(1));
    const seen: string[] = [];
    for await (const { type } of events) {
      seen.push(type);
      expect(events.snapshot?.output[0]).toMatchObject({
        content: [{ text: seen.length <= half.length ? halfText : expect.any(String) }],
      });
      if (seen.length === half.length) more(sse(hello.slice(half.length)));
    }
    expect(seen).toEqual(hello.map(({ type }) => type));
    expect((await done).text).toBe(text);
  });

  test("before, during and after reading it is one and the same turn", async () => {
    const events = streamOf([says("one two three")]);
    const before = events.final();
    const words: string[] = [];
    for await (const word of events.text()) {
      words.push(word);
      void events.final();
    }
    expect(words.join("")).toBe("one two three");
    expect(await events.final()).toBe(await before);
  });

  test("events that it did not need can still be read after it", async () => {
    const events = streamOf([says("one two")]);
    const turn = await events.final();
    const list = await listOf(events);
    expect(list.at(0)?.type).toBe("response.created");
    expect(list.at(-1)).toMatchObject({ type: "response.completed", response: { id: turn.id } });
    expect(await events.final()).toBe(turn);
  });

  test("a reader that comes in the middle still gets all of it", async () => {
    const events = stream(clientOf(mockResponses([says("one two three")], { delayMs: 5 })), params);
    const done = events.final();
    await new Promise((resolve) => setTimeout(resolve, 25));
    expect((await listOf(events.text())).join("")).toBe((await done).text);
  });

  test("unobserved, it raises no unhandled rejection", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    void streamOf([cuts({ after: 3 })]).final();
    void streamOf([failed()]).toResponse();
    const events = streamOf([cuts({ after: 3 })]);
    void events.final();
    await listOf(events).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("whoever asks gets the same error", async () => {
    const events = streamOf([failed({ code: "server_error" }, says("half"))]);
    const read = await caught(listOf(events));
    expect(await caught(events.final())).toBe(read);
    expect(await caught(listOf(events))).toBe(read);
    expect({ kind: read.kind, text: read.partial?.text }).toEqual({
      kind: "response_failed",
      text: "half",
    });
  });

  test("nothing is sent before the first use, and one request in all", async () => {
    const server = mockResponses([says("x")]);
    const events = stream(clientOf(server), params);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(server.requests).toEqual([]);
    await Promise.all([events.final(), events.final()]);
    expect(server.requests.map(({ body }) => body)).toEqual([{ ...params, stream: true }]);
  });
});

describe("leaving", () => {
  const endless = (onCancel: () => void) => {
    const bytes = new TextEncoder().encode(
      half.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""),
    );
    const fetch = async (_: unknown, init?: RequestInit) => {
      init?.signal?.addEventListener("abort", onCancel);
      return new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(bytes), cancel: onCancel }),
      );
    };
    return new OpenAI({ apiKey: "test", fetch, maxRetries: 0 });
  };

  test.each(["break", "throw", "return"])("by %s cancels the request at once", async (way) => {
    const cancelled = vi.fn();
    const events = stream(endless(cancelled), params);
    const leave = async () => {
      for await (const event of events) {
        if (event.type !== "response.output_text.delta") continue;
        if (way === "break") break;
        if (way === "return") return;
        throw new Error("mine");
      }
    };
    const error: unknown = await leave().catch((thrown: unknown) => thrown);
    expect(cancelled).toHaveBeenCalled();
    expect(error).toEqual(way === "throw" ? new Error("mine") : undefined);
    const { kind, partial } = await caught(events.final());
    expect({ kind, text: partial?.text, estimated: partial?.estimated }).toEqual({
      kind: "cancelled",
      text: halfText,
      estimated: true,
    });
    expect(partial?.usage?.output_tokens).toBeGreaterThan(0);
  });

  test("cancel() ends readers with `cancelled`, and is nothing after the end", async () => {
    const cancelled = vi.fn();
    const events = stream(endless(cancelled), params);
    const reading = caught(listOf(events));
    setTimeout(() => events.cancel(), 10);
    expect((await reading).kind).toBe("cancelled");
    expect(cancelled).toHaveBeenCalled();
    const done = streamOf([says("x")]);
    const turn = await done.final();
    done.cancel();
    expect(await done.final()).toBe(turn);
  });

  test("a signal that is aborted before the first use sends nothing", async () => {
    const server = mockResponses([says("x")]);
    const signal = AbortSignal.abort(new Error("enough"));
    const error = await caught(respond(clientOf(server), params, { signal }));
    expect([error.kind, error.cause, server.requests]).toEqual([
      "cancelled",
      new Error("enough"),
      [],
    ]);
  });

  test("the signal of the request's own options counts too", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const request = { signal: abort.signal };
    const waiting = stream(
      endless(() => {}),
      params,
      { request, signal: new AbortController().signal },
    );
    expect((await caught(waiting.final())).kind).toBe("cancelled");
  });
});

describe("toResponse()", () => {
  test("parseEvents reads from it what the stream held", async () => {
    const reply = () => [
      thinks("hm", together(says("a\nb\u2028c"), calls([{ name: "f", arguments: {} }]))),
    ];
    const response = streamOf(reply()).toResponse({ headers: { "x-mine": "1" }, status: 201 });
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "no-store",
      "content-type": "text/event-stream; charset=utf-8",
      "x-mine": "1",
    });
    expect(response.status).toBe(201);
    const strip = (list: unknown[]) =>
      JSON.parse(JSON.stringify(list).replaceAll(/"created_at":\d+|"completed_at":\d+/g, '"at":1'));
    expect(strip(await listOf(parseEvents(response)))).toEqual(
      strip(await listOf(streamOf(reply()))),
    );
  });

  const ends: [string, Parameters<typeof mockResponses>[0], object][] = [
    [
      "a cut",
      [cuts({ after: 6, reply: says("one two three four") })],
      { kind: "stream_cut", retryable: true },
    ],
    [
      "silence",
      [stalls(Number.POSITIVE_INFINITY, { after: 6 })],
      { kind: "stream_idle", retryable: true },
    ],
    [
      "a failure",
      [failed({ code: "rate_limit_exceeded" })],
      { kind: "rate_limited", code: "rate_limit_exceeded", retryable: true },
    ],
    [
      "an incomplete answer",
      [incomplete("max_output_tokens", says("x"))],
      { kind: "response_incomplete", code: "max_output_tokens", retryable: false },
    ],
    ["a refusal", [refuses("No.")], { kind: "refused", retryable: false }],
    ["a body that is no stream", [], { kind: "response_failed", retryable: false }],
  ];
  test.each(ends.slice(0, 5))(
    "%s is the same error on the other side",
    async (_, reply, wanted) => {
      const response = streamOf(reply, { idleMs: 50 }).toResponse();
      const { kind, retryable, code } = await caught(listOf(parseEvents(response)));
      expect({ kind, retryable, ...(code && { code }) }).toEqual(wanted);
    },
  );

  test("a reader who goes away cancels the request", async () => {
    const events = streamOf([stalls(Number.POSITIVE_INFINITY, { after: 6 })]);
    for await (const event of parseEvents(events.toResponse())) {
      if (event.type === "response.output_item.added") break;
    }
    expect((await caught(events.final())).kind).toBe("cancelled");
  });

  test("a slow reader holds the source back", async () => {
    let sent = 0;
    const frame = new TextEncoder().encode(`data: ${JSON.stringify(hello[4])}\n\n`.repeat(50));
    const fetch = async () =>
      new Response(
        new ReadableStream(
          {
            pull(controller) {
              sent++;
              controller.enqueue(frame);
            },
          },
          { highWaterMark: 0 },
        ),
      );
    const client = new OpenAI({ apiKey: "test", fetch });
    const reader = stream(client, params).toResponse().body?.getReader();
    for (let i = 0; i < 120; i++) await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toBeLessThanOrEqual(4);
    await reader?.cancel();
  });
});

describe("warnings", () => {
  const swapped = [
    ...hello.slice(0, 5),
    ...hello.slice(6, 7),
    ...hello.slice(5, 6),
    ...hello.slice(7),
  ];
  const warningsOf = async (read: (events: ReturnType<typeof streamOf>) => Promise<unknown>) => {
    const onWarning = vi.fn();
    const events = streamOf([plays(swapped)], { onWarning });
    await read(events);
    expect((await events.final()).text).toBe(text);
    return onWarning.mock.calls.flat();
  };
  const warning = {
    level: "warning",
    message: "the text that was streamed so far is not what the model wrote",
    fix: "show the text of the item or the turn instead, which is right",
  };

  test("wrong live text is reported once, at the event that shows it", async () => {
    expect(await warningsOf(listOf)).toEqual([{ ...warning, path: "events[8]" }]);
    expect(await warningsOf((events) => listOf(events.text()))).toEqual([
      { ...warning, path: "events[8]" },
    ]);
  });

  test("however much of it is wrong, one warning says so", async () => {
    const onWarning = vi.fn();
    const first = textItem(["a", "b"]).filter((_, i) => i !== 2);
    const second = textItem(["c", "d"], 1, { id: "msg_2" }).filter((_, i) => i !== 3);
    const broken = numbered([...opening(), ...first, ...second, closing([])]);
    const events = streamOf([plays(broken)], { onWarning });
    await listOf(events);
    expect((await events.final()).text).toBe("abcd");
    expect(onWarning).toHaveBeenCalledExactlyOnceWith({ ...warning, path: "events[5]" });
  });

  test("what onWarning throws is thrown where nothing breaks by it", async () => {
    const boom = vi.fn();
    process.prependListener("uncaughtException", boom);
    const others = process.listeners("uncaughtException").filter((each) => each !== boom);
    for (const each of others) process.removeListener("uncaughtException", each);
    const onWarning = () => {
      throw new Error("mine");
    };
    const events = streamOf([plays(swapped)], { onWarning });
    expect(await listOf(events)).toHaveLength(swapped.length);
    expect((await events.final()).text).toBe(text);
    for (const each of others) process.on("uncaughtException", each);
    process.removeListener("uncaughtException", boom);
    expect(boom).toHaveBeenCalledOnce();
  });

  test("nobody is warned of text that nobody read", async () => {
    expect(await warningsOf(async () => {})).toEqual([]);
    expect(await warningsOf((events) => listOf(events.items()))).toEqual([]);
    const call = numbered([...opening(), ...callItem(["{", '"a"', ":1}"]), closing([])]);
    const onWarning = vi.fn();
    const played = call.filter((_, i) => i !== 4);
    await listOf(streamOf([plays(played)], { onWarning }).text());
    expect(onWarning).not.toHaveBeenCalled();
    await listOf(streamOf([plays(played)], { onWarning }));
    expect(onWarning).toHaveBeenCalledOnce();
  });

  test("who has read some of the text is warned, wherever the reading stopped", async () => {
    const read = async (events: ReturnType<typeof streamOf>) => {
      const all = events[Symbol.asyncIterator]();
      for (let i = 0; i < 6; i++) await all.next();
    };
    expect(await warningsOf(read)).toEqual([{ ...warning, path: "events[8]" }]);
  });
});

test("the types of a stream follow from its request", () => {
  const events = streamOf([]);
  expectTypeOf(events.text()).toEqualTypeOf<AsyncIterableIterator<string>>();
  expectTypeOf(events.items()).toEqualTypeOf<AsyncIterableIterator<ResponseOutputItem>>();
  const client = clientOf(mockResponses([]));
  // @ts-expect-error This model has no such effort.
  stream(client, { model: "gpt-5.3-codex", reasoning: { effort: "minimal" } });
});
