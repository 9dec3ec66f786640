import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { CodexError, type Problem } from "../../src/errors.ts";
import { autoCompact } from "../../src/prompt/auto-compact.ts";
import { output } from "../../src/prompt/output.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { reasoning } from "../../src/prompt/reasoning.ts";
import { stateless } from "../../src/prompt/stateless.ts";
import { checkRequest, request } from "../../src/request/request.ts";
import { tool } from "../../src/tools/tool.ts";
import { toolListProblems } from "../../src/tools/tool-list-problems.ts";
import { tools } from "../../src/tools/tools.ts";
import { error } from "../prompt/problems-of.ts";

const grep = tool({
  name: "grep",
  parameters: z.object({ pattern: z.string() }),
  execute: () => "nothing",
});
const whole = () => ({
  model: "gpt-6.2-sol" as const,
  ...reasoning("medium"),
  ...tools([grep], { parallel: true }),
  ...output(z.object({ ok: z.boolean() }), { verbosity: "low" }),
  ...stateless(),
  ...autoCompact(200_000),
  ...prompt({ instructions: "Fix bugs.", task: "add() is wrong", model: "gpt-6.2-sol" }),
});

describe("request", () => {
  test("returns its params, themselves and unchanged", () => {
    const params = Object.freeze(whole());
    const before = JSON.stringify(params);
    expect(request(params)).toBe(params);
    expect(JSON.stringify(params)).toBe(before);
    expect(checkRequest(params)).toEqual([]);
  });

  test("carries nothing of ours to the wire", () => {
    expect(JSON.parse(JSON.stringify(request(whole())))).toEqual({
      model: "gpt-6.2-sol",
      reasoning: { effort: "medium" },
      tools: [
        {
          type: "function",
          name: "grep",
          strict: true,
          parameters: {
            type: "object",
            properties: { pattern: { type: "string" } },
            required: ["pattern"],
            additionalProperties: false,
          },
        },
      ],
      parallel_tool_calls: true,
      text: {
        format: {
          type: "json_schema",
          name: "output",
          strict: true,
          schema: {
            type: "object",
            properties: { ok: { type: "boolean" } },
            required: ["ok"],
            additionalProperties: false,
          },
        },
        verbosity: "low",
      },
      store: false,
      include: ["reasoning.encrypted_content"],
      context_management: [{ type: "compaction", compact_threshold: 200_000 }],
      input: [
        {
          type: "message",
          role: "developer",
          content: [
            {
              type: "input_text",
              text: "Fix bugs.",
              prompt_cache_breakpoint: { mode: "explicit" },
            },
          ],
        },
        {
          type: "message",
          role: "user",
          content: [{ type: "input_text", text: "add() is wrong" }],
        },
      ],
      prompt_cache_key: expect.stringMatching(/^codex-/),
    });
  });

  test("does not depend on the order in which parts are spread", () => {
    const entries = Object.entries(whole());
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(Object.fromEntries(shuffled)).toEqual(Object.fromEntries(entries));
      }),
    );
  });

  test("throws one error with every problem, and leaves warnings out", () => {
    let thrown: unknown;
    try {
      request({
        model: "gpt-5.2-codex",
        // @ts-expect-error a misspelt effort
        reasoning: { effort: "hihg" },
        max_output_tokens: 1,
        tools: [grep, grep],
        input: [{ type: "function_call_output", call_id: "call_1", output: "" }],
      });
    } catch (error) {
      thrown = error;
    }
    const problems: Problem[] = [
      error("max_output_tokens", "1 is too small", "use at least 16, or leave it out"),
      ...toolListProblems([grep, grep], "tools"),
      error(
        "reasoning.effort",
        '"hihg" is not supported by gpt-5.2-codex',
        'did you mean "high"? use low or medium or high or xhigh',
      ),
      error(
        "input[0]",
        'function_call_output "call_1" answers no call',
        "keep the call, or use continueFrom(turn)",
      ),
    ];
    expect(thrown).toBeInstanceOf(CodexError);
    expect(thrown).toMatchObject({ kind: "invalid_request", retryable: false, problems });
    expect(String(thrown)).toBe(
      [
        "CodexError: Invalid request, 4 problems:",
        ...problems.map(({ path, message, fix }) => `- ${path}: ${message} — ${fix}`),
      ].join("\n"),
    );
  });

  test("does not throw for warnings", () => {
    const params = { model: "gpt-5.2-codex" as const, input: "Hi" };
    expect(request(params)).toBe(params);
    expect(checkRequest(params).map(({ level }) => level)).toEqual(["warning"]);
  });

  test("returns its type", () => {
    expectTypeOf(request({ model: "gpt-5.5" }).model).toEqualTypeOf<"gpt-5.5">();
  });
});

describe("checkRequest", () => {
  /** Whatever can be in JSON, more often than not with the keys that are looked at. */
  const keys = fc.constantFrom(
    ...["type", "id", "call_id", "role", "content", "output", "text", "name", "tools", "caller"],
    ...["approval_request_id", "encrypted_content", "environment", "action", "function", "phase"],
    ...["toString", "valueOf", "__proto__", "constructor", "caller_id", "description", "effort"],
  );
  const words = fc.constantFrom(
    ...["function_call", "function_call_output", "custom_tool_call", "local_shell_call_output"],
    ...["mcp_approval_request", "mcp_approval_response", "tool_search_call", "tool_search_output"],
    ...["shell_call", "reasoning", "item_reference", "configuration_update", "additional_tools"],
    ...["compaction", "compaction_trigger", "message", "developer", "assistant", "program", "x"],
    ...["namespace", "function", "custom", "none", "pro"],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      words,
      fc.jsonValue(),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.array(fc.tuple(keys, tie("value")), { maxLength: 6 }).map(Object.fromEntries),
    ),
  }));
  const params = fc.record(
    {
      model: fc.oneof(fc.constantFrom("gpt-5", "gpt-5.5", "gpt-6.2-sol", "mine"), value),
      input: fc.oneof(fc.array(value), value),
      tools: fc.oneof(fc.array(value), value),
      reasoning: value,
      text: value,
      include: value,
      instructions: value,
      context_management: value,
      prompt_cache_options: value,
      prompt_cache_key: value,
      previous_response_id: fc.constantFrom(null, "resp_1"),
      store: fc.constantFrom(false, true, null),
      temperature: value,
      max_output_tokens: value,
    },
    { requiredKeys: [] },
  );

  test("never throws, whatever JSON it gets, and changes none of it", () => {
    fc.assert(
      fc.property(fc.oneof(params, value), (any) => {
        const json = JSON.stringify(any);
        const copy = JSON.parse(json);
        for (const problem of checkRequest(copy)) {
          expect(Object.keys(problem)).toEqual(["level", "path", "message", "fix"]);
          expect(problem.message).not.toMatch(/undefined|\[object|NaN/);
        }
        expect(JSON.stringify(copy)).toBe(json);
      }),
      { numRuns: 3000 },
    );
  });

  test.for([[undefined], [null], ["gpt-5.5"], [7], [[]]])("finds no request in %j", ([any]) => {
    // @ts-expect-error no request
    expect(checkRequest(any)).toEqual([
      error("", "there is no request", "pass an object with a model"),
    ]);
  });

  test("takes time that grows with the input and no faster", () => {
    const time = (turns: number) => {
      const input = Array.from({ length: turns }, (_, i) => [
        { type: "reasoning" as const, id: `rs_${i}`, summary: [], encrypted_content: "gA" },
        { type: "function_call" as const, call_id: `c${i}`, name: "f", arguments: "{}" },
        { type: "function_call_output" as const, call_id: `c${i}`, output: "x" },
      ]).flat();
      const began = performance.now();
      for (let i = 0; i < 3; i++) expect(checkRequest({ model: "gpt-6.2-sol", input })).toEqual([]);
      return performance.now() - began;
    };
    time(2000);
    expect(time(20_000)).toBeLessThan(40 * time(2000) + 100);
  });
});
