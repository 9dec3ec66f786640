import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headTail } from "../../src/node/head-tail.ts";

function cut(chunks: readonly (string | Uint8Array)[], limit: number, maxBytes = limit): string {
  const both = headTail(limit);
  for (const chunk of chunks) both.push(Buffer.from(chunk));
  return both.text(maxBytes);
}

test("what fits is not touched, however it is cut into chunks", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.integer({ min: 1 }),
      (text, n) => {
        const bytes = Buffer.from(text.replaceAll("\0", "").replace(/^\u{FEFF}+/u, ""));
        const chunks = [];
        for (let at = 0; at < bytes.length; at += (n % 7) + 1) {
          chunks.push(bytes.subarray(at, at + (n % 7) + 1));
        }
        expect(cut(chunks, 1_000)).toBe(bytes.toString());
      },
    ),
  );
});

test("keeps both ends in equal parts and counts the rest in tokens of four bytes", () => {
  const text = `${"a".repeat(1_000)}${"b".repeat(1_000)}`;

  expect(cut([text], 248)).toBe(`${"a".repeat(100)}\n…450 tokens truncated…\n${"b".repeat(100)}`);
});

test("never exceeds its limit, whatever comes in", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }),
      fc.integer({ min: 50, max: 1_000 }),
      (chunks, limit) => {
        expect(Buffer.byteLength(cut(chunks, limit))).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

test("both ends are what the whole begins and ends with", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 90 }), {
        minLength: 20,
      }),
      (chunks) => {
        const whole = chunks.join("");
        fc.pre(whole.length > 200);
        const [head = "", tail = ""] = cut(chunks, 200).split(/\n….*…\n/s);
        expect([head.length, tail.length]).toEqual([76, 76]);
        expect([whole.startsWith(head), whole.endsWith(tail)]).toEqual([true, true]);
      },
    ),
  );
});

test.for([0, 1, 2, 3])("does not split a character at either cut (shifted by %i)", (shift) => {
  const text = `${"x".repeat(shift)}${"😀".repeat(1_000)}${"y".repeat(shift)}`;

  const short = cut([text], 300);

  expect(short).toMatch(/^x{0,3}(😀)+\n…\d+ tokens truncated…\n(😀)+y{0,3}$/u);
  expect(Buffer.byteLength(short)).toBeGreaterThan(260);
});

test("survives bytes that are no text", () => {
  expect(cut([Uint8Array.of(0x61, 0xff, 0x00, 0x62, 0xc3)], 100)).toBe(
    "a\u{FFFD}\u{FFFD}b\u{FFFD}",
  );
});

test("can be cut further than it was kept", () => {
  const short = cut(["a".repeat(50), "b".repeat(50)], 1_000, 68);

  expect(short).toBe(`${"a".repeat(10)}\n…20 tokens truncated…\n${"b".repeat(10)}`);
});

describe("memory", () => {
  test("stays bounded over half a gigabyte", () => {
    const both = headTail(40_000);
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 8_192; n++) both.push(Buffer.alloc(1 << 16, "z"));

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
    expect(both.text(40_000)).toMatch(/^z{19976}\n…134207740 tokens truncated…\nz{19976}$/);
  });

  test("stays bounded over single bytes", () => {
    const both = headTail(100);
    for (let n = 0; n < 200_000; n++) both.push(Buffer.from([97 + (n % 26)]));

    expect(both.text(100)).toMatch(/^[a-z]{26}\n…\d+ tokens truncated…\n[a-z]{26}$/);
  });

  test("a limit of nothing keeps nothing but the marker", () => {
    expect(cut(["abcdefgh"], 0)).toBe("\n…2 tokens truncated…\n");
  });
});
