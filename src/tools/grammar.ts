import type { CustomToolInputFormat } from "openai/resources/shared";
import { problem } from "../errors.ts";
import { throwProblems } from "./check-tool.ts";

/** What the API's engine (LLGuidance) refuses, and how to recognize it. */
type Rules = readonly (readonly [what: string, pattern: RegExp])[];

/** In a pattern without its escapes and character classes. */
const patternRules: Rules = [
  ["look-around", /\(\?<?[=!]/],
  ["lazy quantifiers", /[*+?}]\?/],
];

/** In a Lark grammar without its strings and comments. */
const larkRules: Rules = [
  ...patternRules,
  ["imports outside common", /%import\s+(?!common\b)/],
  ["%declare", /%declare/],
  ["templates", /\w\{\s*[a-z_"]/i],
  ["priorities", /^\s*[?!]?\w+\.-?\d/m],
];

const regexRules: Rules = [
  ...patternRules,
  ["line breaks", /[\r\n]/],
  ["/ delimiters", /^\/.*\/[a-z]*$/s],
];

/**
 * A Lark grammar for `customTool`. Keep terminals bounded: the API also refuses a grammar that it
 * finds too complex, which cannot be told here.
 *
 * @throws `invalid_request` with everything the API is known to refuse.
 */
export function lark(text: string): CustomToolInputFormat.Grammar {
  const rules = text.replace(
    /"(?:\\.|[^"\\\n])*"|\/\/.*|\/((?:\\.|[^/\\\n])+)\//g,
    (_, pattern = "") => ` ${blank(pattern)} `,
  );
  return grammar("lark", text, larkRules, rules);
}

/**
 * A regular expression in Rust's syntax for `customTool`; the whole input must match it.
 *
 * @throws `invalid_request` with everything the API is known to refuse.
 */
export function regex(text: string): CustomToolInputFormat.Grammar {
  return grammar("regex", text, regexRules, blank(text));
}

function grammar(
  syntax: "lark" | "regex",
  definition: string,
  rules: Rules,
  text: string,
): CustomToolInputFormat.Grammar {
  const refused = rules.filter(([, pattern]) => pattern.test(text));
  throwProblems(
    refused.map(([what]) => problem("grammar", `the API refuses ${what}`, "say it without")),
  );
  return { type: "grammar", syntax, definition };
}

/** Escapes and character classes can hold anything. */
function blank(pattern: string): string {
  return pattern.replace(/\\[pux]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gis, "_");
}
