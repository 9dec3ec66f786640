import { describe, expect, test } from "vitest";
import { isCodexError } from "../../src/errors.ts";
import { lark, regex } from "../../src/tools/grammar.ts";

function refusals(build: () => unknown): string[] {
  try {
    build();
    return [];
  } catch (error) {
    if (!isCodexError(error) || error.kind !== "invalid_request") throw error;
    return (error.problems ?? []).map(({ message }) => message.replace("the API refuses ", ""));
  }
}

describe("lark", () => {
  const fine = String.raw`
// A comment with (?=lookahead), a /path/*? and TERM.1: in it.
%import common.WS
%import common (INT, ESCAPED_STRING)
%ignore WS
start: hunk+ item~2..3 other{1,3} last?
?hunk: "@@ (?!no) *?" NAME -> named
other[capture]: /[(?=*?]+\*?x/i | "\"*?" | /a\/b*/ "?"
item: "%declare" "t{a}" | (INT)? ","
last: %json {"type": "object"}
NAME: /[^\n"?]{1,80}/
EMOJI: /\p{Emoji}?\x{1F600}?/
`;

  test("returns the SDK's format, and is silent about what only looks refused", () => {
    expect(lark(fine)).toEqual({ type: "grammar", syntax: "lark", definition: fine });
  });

  test.for([
    ["look-around", "start: /a(?=b)/"],
    ["look-around", "start: /a(?!b)/"],
    ["look-around", "start: A\nA: /(?<=a)b/"],
    ["look-around", "start: /(?<!a)b/"],
    ["lazy quantifiers", "start: /a*?/"],
    ["lazy quantifiers", "start: /a+?b/"],
    ["lazy quantifiers", "start: /a??/"],
    ["lazy quantifiers", "start: /[a-z]{1,5}?/"],
    ["imports outside common", "%import python.NAME\nstart: NAME"],
    ["imports outside common", "%import .mine (A)\nstart: A"],
    ["imports outside common", "%import commonish.A\nstart: A"],
    ["%declare", "%declare _INDENT\nstart: _INDENT"],
    ["templates", 'start: list{"a"}\nlist{x}: x ("," x)*'],
    ["priorities", "start: A\nA.2: /a/"],
    ["priorities", "start: A\n?a.-1 : /a/"],
  ])("refuses %s: %s", ([what, text]) => {
    expect(refusals(() => lark(text ?? ""))).toEqual([what]);
  });

  test("names everything it refuses at once", () => {
    expect(refusals(() => lark("%declare A\nbegin.1: /a*?(?=b)/"))).toEqual([
      "look-around",
      "lazy quantifiers",
      "%declare",
      "priorities",
    ]);
  });
});

describe("regex", () => {
  test.for([
    String.raw`^(?P<month>[A-Z][a-z]{2}) (?:\d{1,2})(?:st|nd)?$`,
    "[*?+?(?=]+",
    String.raw`\(\?=\*?\+?`,
    "[]*?]",
    "[^]*?]",
    String.raw`\p{L}?\x{41}?`,
    "/usr/lib/x.so",
    String.raw`\\1`,
    "(?i)select",
    "(?<year>\\d{4})",
  ])("takes %s", (text) => {
    expect(regex(text)).toEqual({ type: "grammar", syntax: "regex", definition: text });
  });

  test.for([
    ["look-around", "a(?!b)"],
    ["lazy quantifiers", "[a-z]+?"],
    ["line breaks", "a\nb"],
    ["/ delimiters", "/a+/"],
    ["/ delimiters", "/a+/gi"],
  ])("refuses %s: %s", ([what, text]) => {
    expect(refusals(() => regex(text ?? ""))).toEqual([what]);
  });

  test("names everything it refuses at once", () => {
    expect(refusals(() => regex("/a*?(?<=b)\n/"))).toEqual([
      "look-around",
      "lazy quantifiers",
      "line breaks",
      "/ delimiters",
    ]);
  });
});
