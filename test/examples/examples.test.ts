import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mockResponses, says } from "codex-responses/testing";
import { describe, expect, test } from "vitest";
import { examples, play } from "./play.ts";

const scripted = /^No OPENAI_API_KEY: a scripted /;

/** Lines that an example prints, besides the first one. */
const expected: Record<string, (string | RegExp)[]> = {
  "agents-md": [
    "- /AGENTS.md",
    "- /packages/api/AGENTS.md",
    "Same instructions: true",
    "Same cache key: true",
  ],
  "background-resume": [
    /^-- lost after \d+ characters; {"responseId":"\w+","sequenceNumber":\d+}$/,
    "-- each character once: true",
  ],
  "cache-report": [
    /^first: 0 % read from the cache, \d{4} tokens written, \$0\.\d+$/,
    /^second: (9\d|100) % read/,
    /^warning: input\[0]\.content\[0]\.text: "20\d\d-.*" changes with every session/,
    /^broken: 0 % read/,
    "input_changed at input[0].content[0].text, 0 tokens still fit",
    /^changed: instructions, \d+ tokens$/,
    /^third: 9\d % read/,
  ],
  "code-review": [
    "high src/page.js:2",
    "medium src/page.js:3",
    "2 findings; left out, as its line was not added: 1",
    /^cost: \$0\.\d+$/,
  ],
  "edit-diff": [
    "try 1: error: patch failed: retry.js:1",
    "--- a/retry.js",
    "+  throw last;",
    "applied: 137 characters became 196",
    /^cost: \$0\.\d+$/,
  ],
  "feature-spec": [
    "ok      slugify.js",
    "ok      slugify.test.js: runs of other characters become one dash",
    "ok      slugify.test.js: no dash at either end",
    /^tests pass, \$0\.\d+$/,
  ],
  gateway: [
    "openai/gpt-5-3-codex: efforts low, medium, high, xhigh",
    /^- reasoning\.effort: "max" is not supported/,
    /^openai\/gpt-5-3-codex: const sort = /,
    /^OpenAI's price: \$0\.\d+, the gateway's: \$0\.\d+$/,
  ],
  "long-session": [
    /^compacted by trigger: \d+ items became 1$/,
    "No ERROR in 8 pages, 8 WARN so far.",
    /^stop: turns, \$0\.\d+$/,
  ],
  "plan-execute-fix": [
    "execute, done: median.js is written.",
    "fix, done: Numbers are compared as numbers now.",
    "tests pass",
    /^plan {5}gpt-6\.2-astra {2}\$0\.\d+$/,
    /^execute {2}gpt-6\.2-sol {4}\$0\.\d+$/,
    /^fix {6}gpt-6-luna {5}\$0\.\d+$/,
  ],
  "screenshot-to-code": [
    "<!doctype html>",
    "  <style>main { width: 400px; height: 300px; display: grid; place-content: center }</style>",
    "</html>",
    /^\d+ tokens out, \$0\.\d+$/,
  ],
  "stream-edit": [
    "*** End Patch",
    '  return title.toLowerCase().replaceAll(" ", "-");',
    /^Cut: about \d+ tokens in,$/,
    /^\d{2} out, \$0\.\d+$/,
  ],
  "three-turns": [
    "3. assert.equal(half(2 ** 40), 2 ** 39);",
    "From turn 1 another way: Yes: it is one character.",
    /^From \d+ characters of JSON: half\(\) cut to 32 bits, and now it divides\.$/,
    "replayed, chained, chained, chained",
    /^\d+ tokens, \$0\.\d+$/,
  ],
  "typed-tool": [
    '- lines: Invalid input: expected number, received string, got "eight"',
    /^Error: ENOENT: no such file or directory/,
    'import OpenAI from "openai";',
    "done: It imports node:fs/promises, node:path, codex-responses, codex-responses/testing, openai, zod.",
  ],
};
/** These have a test file of their own. */
const apart = ["browser-relay", "fix-failing-test"];
const files = (await readdir(examples)).filter((name) => name.endsWith(".ts")).sort();

describe.concurrent("an example without a key", () => {
  test.each(Object.entries(expected))("%s plays its script to the end", async (name, lines) => {
    const { code, stdout, stderr, left } = await play(name);
    expect({ code, stderr, left }).toEqual({ code: 0, stderr: "", left: [] });
    const [first, ...rest] = stdout.split("\n");
    expect(first).toMatch(scripted);
    const matchers = lines.map((line) =>
      typeof line === "string" ? line : expect.stringMatching(line),
    );
    expect(rest).toEqual(expect.arrayContaining(matchers));
  });
});

describe("an example with a key", () => {
  test("calls the API with the same code", async () => {
    const server = mockResponses([1, 2, 3, 4, 5].map((n) => says(`Answer ${n}.`)));
    const { url, close } = await server.listen();
    const env = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: url };
    const { code, stdout } = await play("three-turns", [], env);
    await close();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Calling the API\.\n/);
    expect(stdout).toContain("3. Answer 3.");
    expect(server.requests).toHaveLength(5);
    expect(server.pending).toBe(0);
  });

  test("is told where the gateway is, or stops before anything leaves", async () => {
    const { code, stdout, stderr } = await play("gateway", [], { OPENAI_API_KEY: "sk-test" });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("Set OPENAI_BASE_URL");
  });

  test("stops at the API's refusal", async () => {
    const server = mockResponses([]);
    const { url, close } = await server.listen();
    const env = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: url };
    const { code, stderr, left } = await play("feature-spec", [], env);
    await close();
    expect({ code, left }).toEqual({ code: 1, left: [] });
    expect(stderr).toContain("script_exhausted");
  });
});

describe("an example with arguments", () => {
  test("reviews the diff it is given and leaves out findings about other lines", async () => {
    const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    const range = ["--no-index", "--", file("play.ts"), file("play.ts")];
    const { code, stdout } = await play("code-review", range);
    expect(code).toBe(0);
    expect(stdout).toContain("0 findings; left out, as its line was not added: 3");
  });
});

describe("every example", () => {
  test("has a test", () => {
    const names = files.map((name) => name.slice(0, -".ts".length));
    expect(names).toEqual([...Object.keys(expected), ...apart].sort());
  });

  test.each(files)("%s is short, and imports only what is published", async (name) => {
    const source = await readFile(join(examples, name), "utf8");
    expect(source.split("\n").length - 1).toBeLessThan(100);
    const [imports = ""] = source.split("\n\n");
    const published = /^(node:[\w/]+|openai|zod|codex-responses(\/(node|testing|zod))?)$/;
    const imported = [...imports.matchAll(/^(?:import|\} from).*"([^"]+)";$/gm)];
    expect(imported.length).toBeGreaterThan(2);
    for (const [, from] of imported) expect(from).toMatch(published);
    expect(source).toMatch(/^\/\/ \S/);
  });
});
