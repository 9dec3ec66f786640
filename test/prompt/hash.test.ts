import { expect, test } from "vitest";
import { hash } from "../../src/prompt/hash.ts";

test("is the same in every process and on every machine", () => {
  expect([hash(""), hash("a"), hash("Be brief."), hash("żółw 🐢")]).toMatchInlineSnapshot(`
    [
      "811c9dc500000000",
      "e40c292c6eb797e0",
      "f3dc1fd2072a219a",
      "3119cb82eecf577c",
    ]
  `);
});

test("tells 200,000 similar texts apart", () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 100_000; i++) hashes.add(hash(`rule ${i}`)).add(hash(`${i} rule`));
  expect(hashes.size).toBe(200_000);
});

test("sees letters in another order and zeros at the end", () => {
  expect(new Set(["ab", "ba", "ab\0", "ab\0\0", "\0ab"].map(hash)).size).toBe(5);
});
