import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutMiddle } from "../../src/tools/cut-middle.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("cutMiddle", () => {
  test("leaves a text alone that is short enough, by its bytes", () => {
    expect(cutMiddle("x".repeat(400), 100)).toBe("x".repeat(400));
    expect(cutMiddle("é".repeat(200), 100)).toBe("é".repeat(200));
    expect(cutMiddle("é".repeat(201), 100)).not.toBe("é".repeat(201));
    expect(cutMiddle("x".repeat(1e6), Number.POSITIVE_INFINITY)).toHaveLength(1e6);
    expect(cutMiddle("", 1)).toBe("");
  });

  test("keeps half of the limit from each end, and says how much is gone", () => {
    const text = `${"a".repeat(1_000)}${"b".repeat(1_000)}`;

    expect(cutMiddle(text, 100)).toBe(
      `${"a".repeat(176)}\n…412 tokens truncated…\n${"b".repeat(176)}`,
    );
    expect(cutMiddle(text, 1)).toBe("\n…500 tokens truncated…\n");
  });

  test("makes half a surrogate pair U+FFFD, cut or not", () => {
    expect(cutMiddle("a\ud83d", 100)).toBe("a\ufffd");
    expect(cutMiddle(`a\ud83d${"b".repeat(500)}`, 100).slice(0, 3)).toBe("a\ufffdb");
  });

  test("splits no character, keeps both ends and stays within the limit", () => {
    const texts = fc.array(fc.constantFrom("a", "é", "€", "👍", "\n"), { minLength: 60 });

    fc.assert(
      fc.property(texts, fc.integer({ min: 13, max: 40 }), (characters, tokens) => {
        const text = characters.join("").repeat(4);
        const cut = cutMiddle(text, tokens);
        if (cut === text) return expect(bytes(text)).toBeLessThanOrEqual(tokens * 4);

        const [head = "", tail = ""] = cut.split(/\n…\d+ tokens truncated…\n/);
        expect(bytes(cut)).toBeLessThanOrEqual(tokens * 4);
        expect([text.startsWith(head), text.endsWith(tail)]).toEqual([true, true]);
        expect(cut.isWellFormed() && !cut.includes("\ufffd")).toBe(true);
        // At most three bytes of a character are given up at either cut.
        expect(bytes(head) + bytes(tail)).toBeGreaterThanOrEqual(tokens * 4 - 48 - 1 - 6);
      }),
    );
  });
});
