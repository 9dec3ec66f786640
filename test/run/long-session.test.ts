import {
  type CompactionReport,
  type CompactStrategy,
  models,
  type Problem,
  prompt,
  request,
  run,
  stateless,
  tool,
  tools,
} from "codex-responses";
import {
  calls,
  items,
  mockResponses,
  type StepResult,
  says,
  thinks,
} from "codex-responses/testing";
import OpenAI from "openai";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const model = "gpt-5.3-codex-spark";
const window = models[model].maxInput;
const at = 0.3;
/** The model reads one file a turn, and two in every fifth, so that the 300th turn answers. */
const files = 358;
const markOf = (file: number) => (file * 7919) % 10_007;
const sum = Array.from({ length: files }, (_, i) => markOf(i + 1)).reduce((a, b) => a + b);
/** About 900 tokens; some are far too long and must be cut before they are sent. */
const read = tool({
  name: "read",
  description: "Reads a file.",
  parameters: z.object({ file: z.number() }),
  parallel: true,
  execute: ({ file }) =>
    `<${file}=${markOf(file)}>\n`.padEnd(file % 60 === 0 ? 120_000 : 3600, "x y z\n"),
});

type Item = { readonly type: string; readonly [key: string]: unknown };
interface Seen {
  readonly body: { readonly [key: string]: unknown };
  /** With what the server already had. */
  readonly transcript: readonly Item[];
}

const isCall = ({ type }: Item) => type === "function_call";
const isOutput = ({ type }: Item) => type === "function_call_output";
const isCompaction = ({ type }: Item) => type === "compaction";
const lastCompaction = (transcript: readonly Item[]) => transcript.findLastIndex(isCompaction);

/** A model that knows what it reads, what a summary says, and what its own compactions stand for. */
class Reader {
  readonly seen: Seen[] = [];
  readonly #behind = new Map<unknown, ReadonlySet<string>>();
  #known: ReadonlySet<string> = new Set();

  #read({ body, transcript }: Seen): ReadonlySet<string> {
    this.seen.push({ body, transcript });
    const from = lastCompaction(transcript);
    const key = transcript[from]?.encrypted_content;
    // The server made it at the start of the last response, out of what was known then.
    if (from >= 0 && !this.#behind.has(key)) this.#behind.set(key, this.#known);
    const text = JSON.stringify(transcript.filter((item, i) => i > from || item.role === "user"));
    this.#known = new Set([...(this.#behind.get(key) ?? []), ...(text.match(/<\d+=\d+>/g) ?? [])]);
    return this.#known;
  }

  readonly turn = (request: Seen): StepResult => {
    const known = this.#read(request);
    if (JSON.stringify(request.body.input).includes("Write down everything")) {
      return says([...known].join(" "));
    }
    const values = [...known].map((text) => Number(/=(\d+)/.exec(text)?.[1]));
    if (known.size >= files) return says(`The sum is ${values.reduce((a, b) => a + b)}.`);
    const count = known.size % 6 === 4 ? 2 : 1;
    const wanted = Array.from({ length: count }, (_, i) => known.size + i + 1);
    return thinks(
      `Now ${wanted.join(" and ")}.`,
      calls(wanted.map((file) => ({ name: "read", arguments: { file }, call_id: `call_${file}` }))),
    );
  };

  readonly compaction = (request: Seen) => {
    const known = this.#read(request);
    const encrypted_content = `what ${known.size} files say`;
    this.#behind.set(encrypted_content, known);
    return { type: "compaction", encrypted_content };
  };
}

async function session(strategy: CompactStrategy, local: boolean) {
  const reader = new Reader();
  const server = mockResponses(reader.turn, {
    compaction: {
      trigger: (request) => items(reader.compaction(request)),
      endpoint: (request) =>
        items(
          ...request.transcript.filter(({ role }) => role === "user"),
          reader.compaction(request),
        ),
    },
  });
  const client = new OpenAI({ apiKey: "test", fetch: server.fetch, maxRetries: 0 });
  const params = request({
    model,
    ...tools([read]),
    ...prompt({ instructions: "You add up files.", task: `Add up files 1 to ${files}.` }),
  });
  const [warnings, reports]: [Problem[], CompactionReport[]] = [[], []];
  const result = await run(client, local ? { ...params, ...stateless() } : params, {
    limits: { turns: 1000 },
    compact: { at, strategy },
    onWarning: (warning) => void warnings.push(warning),
    onEvent: (event) => void (event.type === "run.compaction" && reports.push(event.report)),
  });
  return { result, warnings, reports, seen: reader.seen };
}

describe.for([
  ["trigger", false],
  ["trigger", true],
  ["endpoint", false],
  ["endpoint", true],
  ["summary", false],
  ["summary", true],
  ["server", false],
  ["server", true],
] as const)("300 turns, compacted by %s, local: %s", ([strategy, local]) => {
  let played: Awaited<ReturnType<typeof session>>;
  beforeAll(async () => {
    played = await session(strategy, local);
  });
  /** What the model reads of a request: the calls before a compaction are in it. */
  const windowOf = ({ transcript }: Seen) => transcript.slice(lastCompaction(transcript) + 1);

  test("ends with the right answer, each file read once", () => {
    const { result, seen } = played;
    expect(result).toMatchObject({ stop: "done", text: `The sum is ${sum}.` });
    expect(result.turns).toHaveLength(300);
    const called = result.turns.flatMap((turn) =>
      turn.calls.map((call) => "call_id" in call && call.call_id),
    );
    expect(called).toEqual(Array.from({ length: files }, (_, i) => `call_${i + 1}`));
    expect(seen.at(-1)?.body.model).toBe(model);
  });

  test("compacts several times by this strategy, and by no other", () => {
    const { result, reports, warnings } = played;
    const inside = result.turns.filter((turn) =>
      turn.items.some(({ type }) => type === "compaction"),
    );
    expect(warnings).toEqual([]);
    expect(new Set(reports.map((report) => report.strategy))).toEqual(
      new Set(strategy === "server" ? [] : [strategy]),
    );
    expect(strategy === "server" ? inside.length : reports.length).toBeGreaterThanOrEqual(8);
    expect(strategy === "server" ? reports.length : inside.length).toBe(0);
  });

  test("stays under its window", () => {
    const largest = Math.max(...played.result.turns.map((turn) => turn.usage?.input_tokens ?? 0));
    // What one turn can add: two outputs, one of which may be cut to 10,000 tokens.
    expect(largest).toBeLessThan(at * window + 12_000);
    expect(largest).toBeGreaterThan(at * window - 12_000);
  });

  test("never sends an output without its call, or a call without its output", () => {
    const wrong: unknown[] = [];
    for (const one of played.seen) {
      const open = new Set<unknown>();
      for (const item of windowOf(one)) {
        if (isCall(item)) open.add(item.call_id);
        else if (isOutput(item) && !open.delete(item.call_id)) wrong.push(item.call_id);
      }
      wrong.push(...open);
    }
    expect(wrong).toEqual([]);
  });

  test("sends the compaction item once in every window that needs it", () => {
    const sent = played.seen.map(({ body }) => (body.input as Item[] | undefined) ?? []);
    const counts = sent.map((input) => input.filter(isCompaction).length);
    const first = counts.indexOf(1);
    if (strategy === "summary" || (!local && strategy !== "endpoint")) {
      expect(counts.every((count) => count === 0)).toBe(true);
    } else if (local) {
      expect(first).toBeGreaterThan(20);
      expect(counts).toEqual(counts.map((_, i) => (i < first ? 0 : 1)));
    } else {
      const restarts = played.seen.map(({ body }, i) => i > 0 && !body.previous_response_id);
      expect(counts).toEqual(restarts.map(Number));
    }
  });

  test("keeps the instructions, and the task or what stands for it", () => {
    const lost = played.seen.filter(({ transcript }) => {
      const [first] = transcript;
      const starts = JSON.stringify(first?.content)?.includes("You add up files.");
      const task = (item: Item) => JSON.stringify(item).includes("Add up files 1 to");
      const hasTask = transcript.some((item) => isCompaction(item) || task(item));
      return first?.role !== "developer" || !starts || !hasTask;
    });
    expect(lost).toEqual([]);
  });

  test("sends no output longer than the limit, and none changed later", () => {
    const first = new Map<unknown, string>();
    const changed: unknown[] = [];
    for (const { call_id, output } of played.seen.flatMap(({ transcript }) =>
      transcript.filter(isOutput),
    )) {
      const text = String(output);
      if ((first.get(call_id) ?? text) !== text) changed.push(call_id);
      first.set(call_id, text);
    }
    expect(changed).toEqual([]);
    expect(Math.max(...[...first.values()].map((text) => text.length))).toBeLessThanOrEqual(40_000);
    expect(first.size).toBe(files);
    expect(first.get("call_60")).toMatch(/^<60=\d+>[\s\S]*tokens truncated[\s\S]*$/);
  });
});
