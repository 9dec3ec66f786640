import { describe, expect, test } from "vitest";
import { applyPatch } from "../../src/patch/apply-patch.ts";
import { patched, update } from "./envelope.ts";

describe("line endings", () => {
  test("stay CRLF where they are", () => {
    expect(patched("a\r\nb\r\nc\r\n", " a", "-b", "+B", "+B2", " c", "+d")).toBe(
      "a\r\nB\r\nB2\r\nc\r\nd\r\n",
    );
    expect(patched("a\r\nb", " b", "+c")).toBe("a\r\nb\r\nc");
    expect(applyPatch({ "a.ts": "a\r\n" }, update("+z", " a").replaceAll("\n", "\r\n"))).toEqual({
      "a.ts": "z\r\na\r\n",
    });
  });

  test("follow the line that is replaced, or the one above", () => {
    expect(patched("a\nb\r\nc\nd\r\n", "-a", "-b", "+A", "+B", "+B2", " c", "+C")).toBe(
      "A\nB\r\nB2\r\nc\nC\nd\r\n",
    );
    expect(patched("a\r\nb\n", "+z", " a")).toBe("z\r\na\r\nb\n");
    expect(patched("a\r\nb\nc\n", "-a", " b", "+x")).toBe("b\nx\nc\n");
  });

  test("are not made of a carriage return alone", () => {
    expect(patched("a\rb\nc\r", "-a\rb", "+x")).toBe("x\nc\r");
    expect(patched("a\nc\r", "-a", "+x")).toBe("x\nc\r");
  });
});

describe("a byte order mark", () => {
  const bom = "\uFEFF";
  test("stays in front, once", () => {
    expect(patched(`${bom}a\nb\n`, " a", "-b", "+c")).toBe(`${bom}a\nc\n`);
    expect(patched(`${bom}a\nb\na\n`, "-a", "+A", " b")).toBe(`${bom}A\nb\na\n`);
    expect(patched(`${bom}a\n`, `-${bom}a`, `+${bom}b`)).toBe(`${bom}b\n`);
    expect(patched(`${bom}a\n`, "-a")).toBe(bom);
    expect(patched(bom, "+a")).toBe(`${bom}a\n`);
  });
});
