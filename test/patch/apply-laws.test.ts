import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCodexError } from "../../src/errors.ts";
import { applyPatch } from "../../src/patch/apply-patch.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { bestTime } from "./best-time.ts";
import { update } from "./envelope.ts";

/** A line of the file: kept, or removed, with what is added above it. */
interface Step {
  readonly text: string;
  readonly keep: boolean;
  readonly add: readonly string[];
}

/** The patch from these steps, with so many lines of context around each change. */
function diff(steps: readonly Step[], context: number): string[] {
  const near = steps.map((_, i) =>
    steps
      .slice(Math.max(i - context, 0), i + context + 1)
      .some(({ keep, add }) => !keep || add.length > 0),
  );
  return steps.flatMap(({ text, keep, add }, i) => {
    if (!near[i]) return [];
    const signed = [...add.map((line) => `+${line}`), `${keep ? " " : "-"}${text}`];
    return near[i - 1] ? signed : ["@@", ...signed];
  });
}

const join = (lines: readonly string[], end: string, final: boolean) =>
  lines.map((line, i) => (i < lines.length - 1 || final ? line + end : line)).join("");

const anyLine = fc.string({ unit: fc.constantFrom(..."ab \t“’–(){}+-@*\u00a0\r\u2028é😀") }).map(
  // A carriage return before a newline is the line's end.
  (line) => line.replace(/\r+$/, ""),
);
const end = fc.constantFrom("\n", "\r\n");

describe("a patch made from two texts", () => {
  /** Lines that differ from all others, however loosely they are read. */
  const distinct = fc
    .array(
      fc.record({ text: anyLine, keep: fc.boolean(), add: fc.array(anyLine, { maxLength: 3 }) }),
    )
    .map((steps) => steps.map((step, i) => ({ ...step, text: `${step.text}${i}:` })));

  test("makes one of the other", () => {
    fc.assert(
      fc.property(distinct, end, fc.boolean(), fc.nat(3), (steps, eol, final, context) => {
        const before = steps.map(({ text }) => text);
        const after = steps.flatMap(({ text, keep, add }) => [...add, ...(keep ? [text] : [])]);
        fc.pre(steps.some(({ keep, add }) => !keep || add.length > 0));
        fc.pre(context > 0 || steps.every(({ keep, add }) => !keep || add.length === 0));
        const files = { "a.ts": join(before, eol, final), other: "" };
        // A file without any newline does not say which it would have.
        fc.pre(eol === "\n" || files["a.ts"].includes(eol));
        const expected = { "a.ts": join(after, eol, final && after.length > 0) };

        expect(applyPatch(Object.freeze(files), update(...diff(steps, context)))).toEqual(
          expected["a.ts"] === files["a.ts"] ? {} : expected,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("makes one of the other or is refused, also where lines repeat", () => {
    let applied = 0;
    const repeating = fc.array(
      fc.record({
        text: fc.constantFrom("a", "b", " a", "", "}"),
        keep: fc.boolean(),
        add: fc.array(fc.constantFrom("a", "c", ""), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(repeating, fc.integer({ min: 1, max: 3 }), (steps, context) => {
        const patch = diff(steps, context);
        fc.pre(patch.length > 0);
        const before = steps.map(({ text }) => `${text}\n`).join("");
        const after = steps
          .flatMap(({ text, keep, add }) => [...add, ...(keep ? [text] : [])])
          .map((line) => `${line}\n`)
          .join("");
        try {
          expect(applyPatch({ "a.ts": before }, update(...patch))).toEqual(
            before === after ? {} : { "a.ts": after },
          );
          applied++;
        } catch (error) {
          if (!isCodexError(error)) throw error;
          expect(error.message).toMatch(/fits \d+ places/);
        }
      }),
      { numRuns: 2000 },
    );
    expect(applied).toBeGreaterThan(200);
  });
});

describe("any patch", () => {
  const text = fc
    .array(fc.tuple(anyLine, end))
    .chain((rows) => anyLine.map((last) => rows.map(([line, eol]) => line + eol).join("") + last));

  test("leaves the bytes of lines it does not change", () => {
    fc.assert(
      fc.property(text, fc.nat(), (before, seed) => {
        const rows: string[] = [...(before.match(/[^\n]*\n|[^\n]+/g) ?? [])];
        fc.pre(rows.length > 0);
        const row = seed % rows.length;
        const marked = rows.with(row, `unique mark${/\r?\n$/.exec(rows[row] ?? "")?.[0] ?? ""}`);
        expect(
          applyPatch({ "a.ts": marked.join("") }, update("-unique mark", "+changed"))["a.ts"],
        ).toBe(marked.join("").replace("unique mark", "changed"));
      }),
      { numRuns: 1000 },
    );
  });

  test("changes nothing of its arguments, and nothing at all when it throws", () => {
    const lines = fc.array(
      fc
        .tuple(fc.constantFrom("@@", "@@ a", "+", "-", " ", " ", "*** End of File"), anyLine)
        .map(([sign, line]) => (sign.length > 1 ? sign : sign + line)),
    );
    fc.assert(
      fc.property(text, lines, (before, body) => {
        const files = Object.freeze({ "a.ts": before });
        try {
          const patch = parsePatch(update(...body));
          const copy = structuredClone(patch);
          try {
            applyPatch(files, patch);
          } finally {
            expect(patch).toEqual(copy);
          }
        } catch (error) {
          if (!isCodexError(error) || error.kind !== "invalid_patch") throw error;
        }
        expect(files).toEqual({ "a.ts": before });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a large file", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    i % 10 === 0 ? `function f${i}() {` : i % 10 === 9 ? "}" : `  call(${i % 50 === 1 ? 1 : i});`,
  );
  const before = `${rows.join("\n")}\n`;
  const hunks = (fold: (line: string) => string) =>
    Array.from({ length: 200 }, (_, i) => [
      `@@ function f${i * 50}() {`,
      `-${fold("  call(1);")}`,
      "+  called();",
      ` ${fold(`  call(${i * 50 + 2});`)}`,
    ]).flat();
  const after = before.replaceAll("call(1)", "called()");

  test.for([
    ["as they are", (line: string) => line],
    ["loosely", (line: string) => line.trim()],
  ] as const)("of 10,000 lines takes 200 hunks at once, found %s", ([, fold]) => {
    const files = { "a.ts": before };
    const patch = update(...hunks(fold));
    expect(bestTime(() => applyPatch(files, patch), 1)).toBeLessThan(1);
    expect(applyPatch(files, patch)).toEqual({ "a.ts": after });
  });

  test("of 100,000 equal lines refuses 1,000 of them, and one more, at once", () => {
    const files = { "a.ts": "x\n".repeat(100_000) };
    const patch = update(...Array.from({ length: 1_000 }, () => "-x"), "-y");
    const refused = () => expect(() => applyPatch(files, patch)).toThrow('"y" is not there');
    expect(bestTime(refused, 3)).toBeLessThan(3);
    const anchored = () =>
      expect(() => applyPatch(files, update("@@ x", "+y"))).toThrow("fits 100000 places");
    expect(bestTime(anchored, 3)).toBeLessThan(3);
  });
});
