import { readFileSync } from "node:fs";
import * as api from "codex-responses";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const scope = { ...api, z };

/** Evaluates an expression as a reader of the README would: with every public name in scope. */
function evaluate(code: string): unknown {
  return new Function(...Object.keys(scope), `return (${code})`)(...Object.values(scope));
}

/** Each call in the README that is followed by what it returns, as comment lines. */
function claims(): [call: string, literal: string][] {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^([a-zA-Z]+\(.*)\n((?:\/\/ .*\n)+)/gm)].map(
      ([, call = "", comment = ""]): [string, string] => [call, comment.replaceAll(/^\/\/ /gm, "")],
    ),
  );
}

describe("the README", () => {
  test.for(claims())("tells what %s returns", ([call, literal]) => {
    expect(JSON.parse(JSON.stringify(evaluate(call)))).toEqual(evaluate(literal));
  });

  test("makes at least one claim about every part", () => {
    const called = claims().map(([call]) => call.replace(/\(.*/, ""));
    expect(called).toEqual(
      expect.arrayContaining([
        "reasoning",
        "prompt",
        "tools",
        "output",
        "continueFrom",
        "stateless",
        "autoCompact",
        "checkRequest",
        "applyPatch",
        "costOf",
        "modelInfo",
      ]),
    );
  });

  test("names no function that does not exist", () => {
    const prose = readme.replaceAll(/```[\s\S]*?```/g, "");
    const names = [...prose.matchAll(/`([a-z][a-zA-Z]+)`/g)].map(([, name = ""]) => name);
    const functions = names.filter((name) => /^[a-z]+([A-Z][a-z]+)+$/.test(name));
    const known =
      /^(textStream|pipeTo|textStream|configurationUpdate|onWarning|idleMs|assertDone|retryAfterMs|loadAgentsMd|fromZod|mockResponses|recordFetch)$/;
    expect(functions.filter((name) => !(name in api) && !known.test(name))).toEqual([]);
  });
});
