import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { prompt } from "../../src/prompt/prompt.ts";
import { checkRequest } from "../../src/request/request.ts";
import { warning } from "../prompt/problems-of.ts";

const date = new Date("2026-11-20T12:00:00Z");
const check = (params: object) => checkRequest({ model: "mine", ...params }, { date });
const moves = (path: string, found: string) =>
  warning(
    path,
    `"${found}" changes with every session and spoils the cache`,
    "move it into the task",
  );

test.for([
  ["Today is 2024-02-03T10:15:00Z.", "2024-02-03T10:15:00Z"],
  ["Be brief. 2024-02-03T10:15:00.123+01:00", "2024-02-03T10:15:00.123+01:00"],
  ["Built 2024-02-03 10:15:59", "2024-02-03 10:15:59"],
  ["It is 2024-02-03 10:15.", "2024-02-03 10:15"],
  ["Current time: Sat Feb 03 2024 10:15:00 GMT+0100 (CET)", "Sat Feb 03 2024 10:15:00 GMT"],
  ["The time is Sat, 03 Feb 2024 10:15:00 GMT", "Sat, 03 Feb 2024 10:15:00 GMT"],
  ["Session started at February 3, 2024, 10:15 AM", "February 3, 2024, 10:15 AM"],
  ["Now: 1706951700000", "1706951700000"],
  ["Run 3f2b8c1e-4d5a-4b6c-9d7e-8f9a0b1c2d3e", "3f2b8c1e-4d5a-4b6c-9d7e-8f9a0b1c2d3e"],
  ["Session: 0190A6C1-4D5A-7B6C-9D7E-8F9A0B1C2D3E", "0190A6C1-4D5A-7B6C-9D7E-8F9A0B1C2D3E"],
  // Within a day of now, whatever stands around it.
  ['{"now":"2026-11-20T10:15:00Z"}', "2026-11-20T10:15:00Z"],
  ["```\ncwd: /repo, 2026-11-20 10:15\n```", "2026-11-20 10:15"],
  ["epoch=1763640000000, such as 1795176000000", "1795176000000"],
] as const)("%j is volatile", ([instructions, found]) => {
  expect(check({ instructions })).toEqual([moves("instructions", found)]);
});

test.for([
  "Released 2024-02-03, version 1.22.333-beta.4, build 20240203101500.",
  "Today is Friday, November 20, 2026.",
  "The meeting was moved from 10:15 to 11:45:30.",
  "The incident of 2024-03-01 10:15 taught us to write tests.",
  "Write times as ISO 8601, such as 2024-01-01T00:00:00Z, e.g. 2024-05-01T10:00:00+02:00.",
  "Format: 2024-01-01T00:00:00Z",
  'const start = new Date("2024-01-01T00:00:00Z");',
  "Ids look like `550e8400-e29b-41d4-a716-446655440000`.",
  "See https://docs.test/page/550e8400-e29b-41d4-a716-446655440000",
  "```\n2024-01-01T00:00:00Z ERROR 550e8400-e29b-41d4-a716-446655440000\n```\nRead logs like that.",
  "Use #ffaa00 and #FA0 on commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b (9f86d08).",
  "Call +1 555 123 4567 or 15551234567890123, limit 1700000000.",
  "The nil UUID is 00000000-0000-0000-0000-000000000000.",
  "Changed on 3 Feb 2024 10:15",
])("%j is not volatile", (instructions) => {
  expect(check({ instructions })).toEqual([]);
});

test("is looked for where sessions share text, and nowhere else", () => {
  const now = "Now: 2024-02-03T10:15:00Z";
  const found = "2024-02-03T10:15:00Z";
  const tools = [{ type: "custom", name: "x", description: now }] as const;
  const parts = { instructions: now, project: [now], context: ["env", now], task: now };
  expect(check({ ...prompt({ ...parts, model: "gpt-6.2-sol" }), tools })).toEqual([
    moves("input[0].content[0].text", found),
    moves("input[1].content[0].text", found),
    moves("input[3].content[0].text", found),
    moves("tools[0].description", found),
  ]);
  expect(check({ input: now })).toEqual([]);
  expect(check({ input: [{ role: "user", content: now }] })).toEqual([]);
  expect(
    check({
      input: [
        { role: "system", content: now },
        { role: "user", content: now },
      ],
    }),
  ).toEqual([moves("input[0].content", found)]);
});

describe("no false alarm", () => {
  const root = new URL("../../node_modules/", import.meta.url);
  const folders = readdirSync(root).filter((name) => !name.startsWith("."));
  const names = folders.flatMap((name) =>
    name.startsWith("@") ? readdirSync(new URL(name, root)).map((sub) => `${name}/${sub}`) : [name],
  );
  const texts = names.flatMap((name) =>
    readdirSync(new URL(`${name}/`, root))
      .filter((file) =>
        /^(readme|changelog|history|contributing|license)[^/]*$|\.d\.ts$/i.test(file),
      )
      .map(
        (file) =>
          [`${name}/${file}`, readFileSync(new URL(`${name}/${file}`, root), "utf8")] as const,
      ),
  );

  test("in the documents and declarations of every installed package, but in a few with bare ids", () => {
    expect(texts.length).toBeGreaterThan(200);
    const alarms = texts.filter(([, instructions]) => check({ instructions }).length > 0);
    expect(alarms.length / texts.length).toBeLessThan(0.02);
  });

  test("takes long", () => {
    const began = performance.now();
    check({ instructions: '"2024-01-01T00:00:00Z" '.repeat(20_000) });
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
