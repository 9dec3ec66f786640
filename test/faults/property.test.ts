import fc from "fast-check";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { isCodexError } from "../../src/errors.ts";
import { stream } from "../../src/stream/stream.ts";
import {
  calls,
  incomplete,
  mockResponses,
  patches,
  refuses,
  runs,
  says,
  thinks,
  together,
} from "../../src/testing/index.ts";
import type { Turn } from "../../src/turn.ts";

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const answer = fc.oneof(
  text.map((said) => says(said)),
  text.map((said) => says({ text: said, phase: "commentary" })),
  fc.array(text, { maxLength: 3 }).map((chunks) => says({ chunks })),
  text.map((thought) => thinks({ summary: [thought, thought], text: thought })),
  text.map((path) => calls([{ name: "read_file", arguments: { path } }])),
  text.map((input) => calls([{ name: "freeform", input }])),
  text.map((line) => patches(`*** Begin Patch\n*** Add File: a\n+${line}\n*** End Patch`)),
  text.map((command) => runs(command)),
  text.map((command) => calls([{ shell: [command, command] }])),
  text.map((diff) => calls([{ apply_patch: { type: "update_file", path: "a", diff } }])),
);
const reply = fc
  .tuple(fc.array(answer, { minLength: 1, maxLength: 4 }), fc.nat(9))
  .map(([parts, ending]) => {
    if (ending === 0) return together(...parts, refuses("No."));
    return ending === 1 ? incomplete("max_output_tokens", ...parts) : together(...parts);
  });

/** The bytes of one legal stream. */
async function bytesOf(
  script: typeof reply extends fc.Arbitrary<infer R> ? R : never,
): Promise<Uint8Array> {
  const server = mockResponses([script], { wire: "full", checks: false, now: () => 1 });
  const response = await server.fetch("https://api.test/v1/responses", {
    method: "POST",
    headers: { authorization: "Bearer test", "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt-5.3-codex", input: "Go.", stream: true }),
  });
  return new Uint8Array(await response.arrayBuffer());
}

interface Delivery {
  /** How much of the bytes arrives. */
  readonly length: number;
  readonly sizes: readonly number[];
  readonly isBroken: boolean;
}

function clientOf(bytes: Uint8Array, { length, sizes, isBroken }: Delivery): OpenAI {
  const fetch = async () => {
    let at = 0;
    let turn = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < length) {
          const size = sizes[turn++ % sizes.length] ?? 1;
          controller.enqueue(bytes.slice(at, Math.min(at + size, length)));
          at += size;
        } else if (isBroken) controller.error(new TypeError("terminated"));
        else controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  return new OpenAI({ apiKey: "test", baseURL: "https://api.test/v1", fetch, maxRetries: 0 });
}

type Mode = "final" | "events" | "text" | "items";

interface Result {
  readonly turn: Omit<Turn, "requestId">;
  readonly kind: string;
  readonly warnings: number;
}

async function read(bytes: Uint8Array, delivery: Delivery, mode: Mode): Promise<Result> {
  let warnings = 0;
  const events = stream(
    clientOf(bytes, delivery),
    { model: "gpt-5.3-codex", input: "Go." },
    { onWarning: () => warnings++ },
  );
  const readers = { events, text: events.text(), items: events.items() };
  let thrown: unknown;
  try {
    if (mode !== "final") for await (const _ of readers[mode]);
    return { turn: await events.final(), kind: "", warnings };
  } catch (error) {
    thrown = error;
  }
  if (!isCodexError(thrown)) throw thrown;
  const { partial, kind } = thrown;
  return { turn: partial ?? nothing, kind, warnings };
}

const nothing: Turn = {
  id: "",
  requestId: undefined,
  status: "in_progress",
  text: "",
  parsed: undefined,
  items: [],
  calls: [],
  usage: undefined,
  cost: undefined,
  cache: { hitRatio: 0, cachedTokens: 0, writtenTokens: 0 },
  chain: "replayed",
  response: { id: "" } as Turn["response"],
};

/** Whether all that one value says is said by the other, which may say more. */
function isPrefix(part: unknown, whole: unknown): boolean {
  if (typeof part === "string" && typeof whole === "string") return whole.startsWith(part);
  if (Array.isArray(part) && Array.isArray(whole)) {
    return part.length <= whole.length && part.every((each, i) => isPrefix(each, whole[i]));
  }
  if (typeof part !== "object" || part === null) return part === whole || part === null;
  if (typeof whole !== "object" || whole === null) return false;
  return Object.entries(part).every(
    ([key, value]) =>
      (key === "status" && value === "in_progress") || isPrefix(value, Reflect.get(whole, key)),
  );
}

const mode = fc.constantFrom<Mode>("final", "events", "text", "items");
const sizes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3000 })),
  {
    minLength: 1,
    maxLength: 6,
  },
);

describe("a legal stream", () => {
  test("chunked at random gives the same turn, read in any way", async () => {
    await fc.assert(
      fc.asyncProperty(reply, sizes, mode, async (script, sizes, mode) => {
        const bytes = await bytesOf(script);
        const whole = { length: bytes.length, isBroken: false };
        const wanted = await read(bytes, { ...whole, sizes: [bytes.length] }, "final");
        expect(await read(bytes, { ...whole, sizes }, mode)).toEqual(wanted);
        expect(wanted.warnings).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("cut at any byte gives the same turn, or a typed error with a true prefix", async () => {
    await fc.assert(
      fc.asyncProperty(
        reply,
        sizes,
        mode,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        async (script, sizes, mode, share, isBroken) => {
          const bytes = await bytesOf(script);
          const wanted = await read(
            bytes,
            { length: bytes.length, sizes: [9999], isBroken: false },
            "final",
          );
          const length = Math.floor(bytes.length * share);
          const got = await read(bytes, { length, sizes, isBroken }, mode);
          expect(got.warnings).toBe(0);
          if (got.kind === "stream_cut") {
            expect(isPrefix(got.turn.text, wanted.turn.text)).toBe(true);
            expect([got.turn.items, isPrefix(got.turn.items, wanted.turn.items)]).toEqual([
              got.turn.items,
              true,
            ]);
          } else expect(got).toEqual(wanted);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
