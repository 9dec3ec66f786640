import type { CustomToolInputFormat } from "openai/resources/shared";
import { throwProblems, toolProblem } from "./check-tool.ts";

/** What the API's engine (LLGuidance) refuses, and how to recognize it. */
type Rules = readonly (readonly [what: string, pattern: RegExp])[];

/** In a pattern without its escapes and character classes. */
const patternRules: Rules = [
  ["look-around", /\(\?<?[=!]/],
  ["a lazy quantifier", /[*+?}]\?/],
  ["a back-reference", /\\[1-9k]/],
];

/** In a Lark grammar without its strings, patterns and comments. */
const larkRules: Rules = [
  ["%import outside common", /^\s*%import\s+(?!common\b)/m],
  ["%declare", /^\s*%declare\b/m],
  ["a template", /(?<![%\w])\w+\{\s*[a-zA-Z_"]/],
  ["a priority", /^\s*[?!]?\w+\.-?\d+\s*:/m],
  ["the lack of a start rule", /^(?!(.*\n)?\s*[?!]?start\b)/s],
];

const regexRules: Rules = [
  ["an empty pattern", /^$/],
  ["a line break", /[\r\n]/],
  ["/ as a delimiter", /^\/.*\/[a-z]*$/s],
];

/**
 * A Lark grammar for `customTool`. Keep terminals bounded: the API also refuses a grammar that it
 * finds too complex, which cannot be told here.
 *
 * @throws `invalid_request` with everything the API is known to refuse.
 */
export function lark(text: string): CustomToolInputFormat.Grammar {
  const patterns: string[] = [];
  const rules = text.replace(
    /"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/((?:\\.|[^/\\\n])+)\//g,
    (_, pattern = "") => {
      patterns.push(blank(pattern));
      return '""';
    },
  );
  return grammar("lark", text, [...broken(patternRules, ...patterns), ...broken(larkRules, rules)]);
}

/**
 * A regular expression in Rust's syntax for `customTool`; the whole input must match it.
 *
 * @throws `invalid_request` with everything the API is known to refuse.
 */
export function regex(text: string): CustomToolInputFormat.Grammar {
  return grammar("regex", text, [
    ...broken(patternRules, blank(text)),
    ...broken(regexRules, text),
  ]);
}

function broken(rules: Rules, ...texts: readonly string[]): string[] {
  return rules.flatMap(([what, pattern]) => (texts.some((t) => pattern.test(t)) ? what : []));
}

function grammar(
  syntax: "lark" | "regex",
  definition: string,
  refused: readonly string[],
): CustomToolInputFormat.Grammar {
  throwProblems(
    refused.map((what) => toolProblem("grammar", `the API refuses ${what}`, "say it without")),
  );
  return { type: "grammar", syntax, definition };
}

/** Escapes (but for back-references) and character classes can hold anything. */
function blank(pattern: string): string {
  return pattern.replace(/\\[pPxuU]\{[^}]*\}|\\[^1-9k]|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, "_");
}
