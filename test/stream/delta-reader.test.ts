import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { deltaReader } from "../../src/stream/delta-reader.ts";

const event = (fields: object = {}) => ({
  type: "response.output_text.delta",
  sequence_number: 7,
  item_id: "msg_1",
  output_index: 0,
  content_index: 0,
  delta: "a",
  logprobs: [],
  obfuscation: "Xy7",
  ...fields,
});

/** How many of the texts were parsed whole, when they are read after `taught`. */
function parsedOf(texts: readonly string[], taught: readonly string[]): number {
  const read = deltaReader();
  for (const text of taught) read(text);
  const parse = vi.spyOn(JSON, "parse");
  for (const text of texts) read(text);
  const whole = parse.mock.calls.filter(([text]) => texts.includes(text)).length;
  parse.mockRestore();
  return whole;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

describe("a run of deltas", () => {
  const taught = [event(), event({ sequence_number: 8 })].map((each) => JSON.stringify(each));

  test("is copied, once two of them were seen", () => {
    const run = [10, 11, 12].map((sequence_number) =>
      JSON.stringify(event({ sequence_number, delta: ` word ${sequence_number}` })),
    );
    expect(parsedOf(run, taught)).toBe(0);
    expect(parsedOf(run, taught.slice(1))).toBe(1);
    expect(parsedOf(run, [])).toBe(2);
  });

  test.each([
    ["with other spaces", JSON.stringify(event({ sequence_number: 9 }), null, 1)],
    ["of another item", JSON.stringify(event({ item_id: "msg_2" }))],
    ["with probabilities", JSON.stringify(event({ logprobs: [{ token: "a" }] }))],
    ["with one field more", JSON.stringify(event({ phase: "commentary" }))],
  ])("and one %s is parsed", (_, text) => {
    expect(parsedOf([text], taught)).toBe(1);
  });

  test("is read in any layout of a flat event", () => {
    const { type, item_id, delta } = event();
    const layouts = [
      (n: number) => JSON.stringify({ delta, item_id, sequence_number: n, type }),
      (n: number) => JSON.stringify({ type, sequence_number: n, item_id, delta }, null, 1),
      () => JSON.stringify({ type, delta }),
      (n: number) => JSON.stringify({ type, delta, logprobs: [], extra: null, sequence_number: n }),
    ];
    for (const layout of layouts) {
      expect(parsedOf([layout(30), layout(31)], [layout(1), layout(2)])).toBe(0);
    }
  });

  test("may be of any length, and long ones are parsed", () => {
    const long = '"\\'.repeat(10_000_000);
    const read = deltaReader();
    for (let sequence_number = 1; sequence_number < 4; sequence_number++) {
      expect(read(JSON.stringify(event({ sequence_number, delta: long })))).toMatchObject({
        sequence_number,
      });
    }
  });

  test("is given up where the pattern changes all the time, or cannot be learned", () => {
    const tails = Array.from({ length: 20 }, (_, i) => JSON.stringify({ ...event(), at: i % 2 }));
    const nested = Array.from({ length: 20 }, () => JSON.stringify({ ...event(), at: {} }));
    const learn = vi.spyOn(String.prototype, "matchAll");
    for (const run of [tails, nested]) {
      learn.mockClear();
      const read = deltaReader();
      for (const text of run) expect(read(text)).toEqual(JSON.parse(text));
      expect(learn.mock.calls.length).toBeLessThanOrEqual(3);
    }
    learn.mockRestore();
  });

  test("is not learned from items that take turns", () => {
    const texts = Array.from({ length: 20 }, (_, i) => event({ item_id: `msg_${i % 2}` })).map(
      (each) => JSON.stringify(each),
    );
    const other = texts.filter((_, i) => i % 2 === 1);
    expect(parsedOf(texts, [])).toBe(20);
    expect(parsedOf(texts, [other[0] ?? "", other[0] ?? ""])).toBe(10);
  });
});

describe("whatever was learned, the result is that of JSON.parse", () => {
  const number = fc.oneof(
    fc.nat().map(String),
    fc.bigInt({ min: 10n ** 14n, max: 10n ** 30n }).map(String),
    fc.constantFrom("0", "07", "-1", "1.5", "1e3", "1.0", "12345678901234567890", "null", ""),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }).map((each) => JSON.stringify(each)),
    fc.string().map((each) => `"${each}"`),
    fc.constantFrom('"\\u00e9"', '"\\', '"a\\\\"', '"\\""', '"', '""', '"\n"', "7", "null", "{}"),
  );
  const wild = fc
    .record({ number, delta: text, obfuscation: text, item: fc.constantFrom("msg_1", "msg_2") })
    .map(
      ({ number, delta, obfuscation, item }) =>
        `{"type":"response.output_text.delta","sequence_number":${number},"item_id":"${item}",` +
        `"output_index":0,"delta":${delta},"logprobs":[],"obfuscation":${obfuscation}}`,
    );

  test("for deltas with any number and any text", () => {
    fc.assert(
      fc.property(fc.array(wild, { minLength: 3, maxLength: 8 }), (texts) => {
        const read = deltaReader();
        for (const text of texts) expect(read(text)).toStrictEqual(parsed(text));
        expect(JSON.stringify(texts.map(read))).toBe(JSON.stringify(texts.map(parsed)));
      }),
      { numRuns: 500 },
    );
  });

  test("for a delta with any character changed, left out or put in", () => {
    const base = JSON.stringify(event({ delta: 'say "hi"\n' }));
    fc.assert(
      fc.property(
        fc.nat(base.length),
        fc.nat(2),
        fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('"', "\\", "{", "}", ",", "0")),
        (at, cut, put) => {
          const changed = base.slice(0, at) + put + base.slice(at + cut);
          const read = deltaReader();
          for (const text of [base, base, changed, base, changed, changed, base, changed]) {
            expect(read(text)).toStrictEqual(parsed(text));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    '{"type":"a.delta","delta":"x","delta":"y"}',
    '{"type":"a.delta","delta":"x","\\u0064elta":"y"}',
    '{"type":"a.delta","delta":"x","delta":null}',
    '{"type":"a.delta","sequence_number":1,"delta":"x","sequence_number":1.0}',
    '{"type":"a.delta","in":{"delta":"x"},"delta":"y"}',
    '{"type":"a.delta","delta":"x","list":[{"delta":"y"}]}',
    '{"type":"a.delta","delta":"x","text":",\\"delta\\":\\"y\\""}',
    '{"__proto__":[],"type":"a.delta","delta":"x"}',
    '{"delta":"x"}',
    '{"delta":{"x":1}}',
    ' {\t"type" : "a.delta" , "delta" : "x"\n} ',
  ])("for %s and its like", (text) => {
    const read = deltaReader();
    const like = text.replace(/x/g, "z").replaceAll(":1", ":2");
    for (const each of [text, text, like, text, like]) {
      expect(read(each)).toStrictEqual(parsed(each));
    }
  });

  test("and what a reader does to one result does nothing to the next", () => {
    const read = deltaReader();
    for (const n of [1, 2, 3, 4, 5]) {
      const result = read(JSON.stringify(event({ sequence_number: n })));
      expect(result).toEqual(event({ sequence_number: n }));
      Object.assign(result ?? {}, { type: "mine", item_id: "mine", at: n });
    }
  });

  test("and every result is the reader's own", () => {
    const read = deltaReader();
    const texts = [1, 2, 3, 4].map((sequence_number) => JSON.stringify(event({ sequence_number })));
    const all = texts.map((each) => read(each) as ReturnType<typeof event>);
    for (const each of all) each.logprobs.push("x" as never);
    expect(all.map(({ logprobs }) => logprobs.length)).toEqual([1, 1, 1, 1]);
    expect(read(JSON.stringify(event({ sequence_number: 5 })))).toEqual(
      event({ sequence_number: 5 }),
    );
  });
});
