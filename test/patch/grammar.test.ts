import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPatchGrammar } from "../../src/patch/grammar.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { envelope } from "./envelope.ts";

const rules = new Map(
  applyPatchGrammar
    .trim()
    .split("\n")
    .map((rule): [string, string] => {
      const [, name = "", body = ""] = /^(\w+): (.*)$/.exec(rule) ?? [];
      return [name, body];
    }),
);

// The same language, but a backtracking engine must not try every way to cut a line into parts.
const repeatable = new Map([["PART", "/[^\\n]/"]]);

/** The grammar as one regular expression: no rule of it calls itself. */
function expression(name: string): string {
  const body = repeatable.get(name) ?? rules.get(name);
  if (body === undefined) throw new Error(`no rule ${name}`);
  const tokens = body.match(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|\w+|[|()*+?]/g) ?? [];
  return tokens
    .map((token) => {
      if (token.startsWith('"')) return `(?:${JSON.parse(token).replace(/[*+@]/g, "\\$&")})`;
      if (token.startsWith("/")) return `(?:${token.slice(1, -1)})`;
      return /\w/.test(token) ? `(?:${expression(token)})` : token === "(" ? "(?:" : token;
    })
    .join("");
}

const grammar = new RegExp(`^(?:${expression("start")})$`);

describe("applyPatchGrammar", () => {
  const long = "x".repeat(1_000);

  test.for([
    envelope("*** Add File: a b.ts", "+one", "+", `+${long}`),
    envelope("*** Add File: empty"),
    envelope("*** Delete File: src/a.ts", "*** Delete File: b"),
    envelope("*** Update File: a", "@@", "-x"),
    envelope("*** Update File: a", "@@ class A", "@@   run() {", " x", " ", "-y", "+z", " "),
    envelope("*** Update File: a", "@@", "+x", "*** End of File", "@@ z", "-y"),
    envelope("*** Update File: a", "*** Move to: b"),
    `${envelope("*** Update File: a", "*** Move to: b", "@@", " x", "+*** End Patch")}\n`,
  ])("accepts %j, and so does parsePatch", (text) => {
    expect(text).toMatch(grammar);
    expect(() => parsePatch(text)).not.toThrow();
  });

  test.for([
    "",
    envelope(),
    "*** Begin Patch\n*** Delete File: a",
    envelope("*** Delete File: a", ""),
    envelope("*** Delete File: /a"),
    envelope("*** Delete File: \\a"),
    envelope("*** Delete File: "),
    envelope("*** Add File: a", "one"),
    envelope("*** Update File: a"),
    envelope("*** Update File: a", "-x"),
    envelope("*** Update File: a", "@@", " x"),
    envelope("*** Update File: a", "@@", "-x", ""),
    envelope("*** Update File: a", "@@", "-x", "*** End of File", "-y"),
    `Sure!\n${envelope("*** Delete File: a")}`,
    `${envelope("*** Delete File: a")}\nDone.`,
  ])("refuses %j", (text) => {
    expect(text).not.toMatch(grammar);
  });

  test("accepts nothing that parsePatch does not read", () => {
    const line = fc.oneof(
      fc.constantFrom("@@", "@@ x", "*** End of File", "*** Move to: c", "*** Delete File: d"),
      fc.constantFrom("*** Add File: e", "*** Update File: f"),
      fc.tuple(fc.constantFrom("+", "-", " "), fc.string()).map((pair) => pair.join("")),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = envelope("*** Update File: a", "@@", ...lines);
        if (!grammar.test(text) || new Set(lines).size < lines.length) return;
        accepted++;
        expect(() => parsePatch(text)).not.toThrow();
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test("has bounded terminals, and nothing the API's engine lacks", () => {
    const patterns = applyPatchGrammar.match(/\/(?:[^/\\]|\\.)*\//g) ?? [];
    expect(patterns).toEqual(["/[^\\s\\/\\\\][^\\n]{0,400}\\n/", "/[^\\n]{1,200}/"]);
    for (const pattern of patterns) expect(pattern).not.toMatch(/[*+]|\{\d+,\}|\(\?/);
    expect(applyPatchGrammar).not.toMatch(/%|^\s*\/\/|->|~/m);
    expect([...rules.keys()].toSorted()).toEqual(
      ["PART", "PATH", "add", "edit", "file", "hunk", "same", "start", "text"].toSorted(),
    );
  });
});
