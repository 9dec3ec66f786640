import { describe, expect, test } from "vitest";
import { createCompiler } from "./compiler.ts";

const compiler = createCompiler();
const errors = (snippet: string) => compiler.errors(snippet);

/** Every function that takes a request. */
const calls: [string, (params: string) => string][] = [
  ["request", (params) => `request(${params});`],
  ["respond", (params) => `respond(client, ${params});`],
  ["stream", (params) => `stream(client, ${params});`],
  ["createThread", (params) => `createThread(client, ${params});`],
  ["run", (params) => `run(client, ${params});`],
];

describe.for(calls)("%s", ([, call]) => {
  test("takes every effort of a known id, an alias, a dated, a gateway and an unknown id", () => {
    const right = [
      '{ model: "gpt-5.3-codex", reasoning: { effort: "xhigh" } }',
      '{ model: "gpt-5.6", reasoning: { effort: "max" } }',
      '{ model: "gpt-5.3-codex-2026-02-24", reasoning: { effort: "max" } }',
      '{ model: "openai/gpt-5-3-codex", reasoning: { effort: "minimal" } }',
      '{ model: "my-own-model", reasoning: { effort: "none" }, text: { verbosity: "low" } }',
      '{ model: "gpt-5.2-codex", text: { verbosity: "medium" } }',
      '{ model: "gpt-5.5", reasoning: { effort: null }, text: { verbosity: null } }',
      '{ model: "gpt-5.5", reasoning: null, tools: [grep], input: "Hi" }',
      '{ model: "gpt-5.3-codex", ...reasoning("low"), ...tools([grep]), ...prompt({ task: "Hi" }) }',
      '{ model: "gpt-6.2-sol", ...stateless(), ...autoCompact(1000), ...continueFrom("resp_1") }',
    ];
    expect(errors(right.map(call).join("\n"))).toEqual([]);
  });

  test("names the efforts a model takes, for a literal and for a builder", () => {
    const efforts = '"low" | "medium" | "high" | "xhigh" | null';
    expect(errors(call('{ model: "gpt-5.3-codex", reasoning: { effort: "max" } }'))).toEqual([
      `Type '"max"' is not assignable to type '${efforts} | undefined'.`,
    ]);
    const [built, ...rest] = errors(call('{ model: "gpt-5.3-codex", ...reasoning("max") }'));
    expect(rest).toEqual([]);
    expect(built?.split("\n").at(-1)?.trim()).toBe(
      `Type '"max"' is not assignable to type '${efforts}'.`,
    );
  });

  test("asks whether another effort was meant", () => {
    expect(errors(call('{ model: "gpt-5.5", reasoning: { effort: "medum" } }'))).toEqual([
      expect.stringMatching(/Did you mean '"medium"'\?$/),
    ]);
  });

  test("refuses a wrong effort of an alias and a wrong verbosity", () => {
    expect(errors(call('{ model: "gpt-5.6", ...reasoning("minimal") }'))).toHaveLength(1);
    expect(errors(call('{ model: "gpt-5.2-codex", text: { verbosity: "low" } }'))).toEqual([
      `Type '"low"' is not assignable to type '"medium"'.`,
    ]);
    const built = 'output(z.object({ a: z.string() }), { verbosity: "low" })';
    expect(errors(call(`{ model: "gpt-5.2-codex", ...${built} }`))).toHaveLength(1);
    expect(errors(call(`{ model: "gpt-5.5", ...${built} }`))).toEqual([]);
  });

  test("asks whether another key was meant, beside spread parts as well", () => {
    const did = "Did you mean to write 'reasoning'?";
    expect(errors(call('{ model: "gpt-5.5", reasonning: { effort: "low" } }'))).toEqual([
      `Object literal may only specify known properties, but 'reasonning' does not exist in type 'RequestFor<"gpt-5.5", undefined, []>'. ${did}`,
    ]);
    expect(errors(call('{ model: "gpt-5.5", ...prompt({ task: "Hi" }), reasonning: {} }'))).toEqual(
      [expect.stringContaining(did)],
    );
    expect(errors(call('{ model: "gpt-5.5", text: { verbosty: "low" } }'))).toEqual([
      expect.stringContaining("Did you mean to write 'verbosity'?"),
    ]);
    expect(errors(call('{ model: "gpt-5.5", max_output_token: 100 }'))).toEqual([
      expect.stringContaining("Did you mean to write 'max_output_tokens'?"),
    ]);
  });

  test("needs a model", () => {
    expect(errors(call('{ input: "Hi" }'))).toEqual([
      expect.stringContaining("Property 'model' is missing"),
    ]);
  });

  test("takes what was built elsewhere: a checked request, a pasted literal, wide variables", () => {
    const wide = `
      const model: string = "gpt-5.5";
      declare const effort: "low" | "max";
      declare const params: OpenAI.Responses.ResponseCreateParamsNonStreaming & { model: string };
      const checked = request({ model: "gpt-5.5", ...reasoning("low"), ...tools([grep]) });
      const pasted = {
        model: "gpt-5.5",
        reasoning: { effort: "low" as const },
        input: [{ role: "user" as const, content: "Hi" }],
      };
    `;
    expect(
      errors(
        `${wide} ${call("checked")} ${call("pasted")} ${call("{ model, ...reasoning(effort) }")}`,
      ),
    ).toEqual([]);
    expect(errors(`${wide} ${call('{ model: "gpt-5.5", ...reasoning(effort) }')}`)).toHaveLength(1);
    expect(
      errors(
        `${wide} ${call("{ ...pasted, model: 'gpt-5.5' as const, reasoning: { effort: 'max' as const } }")}`,
      ),
    ).toHaveLength(1);
    expect(errors(`${wide} const { stream: _, ...rest } = params; ${call("rest")}`)).toEqual([]);
  });
});

describe("an editor completes", () => {
  const complete = (snippet: string) => compiler.completions(snippet);

  test("the efforts of the model, and no others", () => {
    const efforts = ["low", "medium", "high", "xhigh"];
    const at = (model: string) =>
      complete(`request({ model: "${model}", reasoning: { effort: "|" } });`);
    expect(at("gpt-5.3-codex").sort()).toEqual([...efforts].sort());
    expect(at("gpt-5.6").sort()).toEqual(["none", ...efforts, "max"].sort());
    expect(at("mine").sort()).toEqual(["none", "minimal", ...efforts, "max"].sort());
    expect(complete('run(client, { model: "gpt-5.2-codex", text: { verbosity: "|" } });')).toEqual([
      "medium",
    ]);
  });

  test("known models, and the keys of a request", () => {
    const found = complete('respond(client, { model: "|" });');
    expect(found).toEqual(expect.arrayContaining(["gpt-6.2-sol", "gpt-5.3-codex", "gpt-5.6"]));
    expect(complete('request({ model: "gpt-5.5", | });')).toEqual(
      expect.arrayContaining(["reasoning", "input", "tools", "text", "service_tier"]),
    );
  });
});

describe.for([true, false])("with exactOptionalPropertyTypes: %s", (exact) => {
  const { errors } = createCompiler({ exactOptionalPropertyTypes: exact });

  test("a checked request goes to the SDK and back", () => {
    expect(
      errors(`
        const task = request({
          model: "gpt-6.2-sol",
          ...reasoning({ effort: "low", summary: "auto" }),
          ...tools([grep], { allow: ["grep"], parallel: true }),
          ...output(z.object({ ok: z.boolean() }), { verbosity: "low" }),
          ...prompt({ instructions: "Be brief.", task: "Hi", model: "gpt-6.2-sol", ttl: "12h" }),
          ...stateless(), ...autoCompact(1000), ...continueFrom("resp_1"),
          max_output_tokens: 100, metadata: { a: "b" }, service_tier: "flex",
        });
        const made: Promise<OpenAI.Responses.Response> = client.responses.create(task);
        const params: OpenAI.Responses.ResponseCreateParams = task;
        const streamed = client.responses.create({ ...task, stream: true });
        for await (const event of await streamed) event.type;
        const turn = await respond(client, task);
        const ok: boolean | undefined = turn.parsed?.ok;
        const items: OpenAI.Responses.ResponseInput = [...task.input ?? []].filter((item) => typeof item !== "string");
      `),
    ).toEqual([]);
  });

  test("wrong efforts and keys are still errors", () => {
    expect(errors('request({ model: "gpt-5.3-codex", ...reasoning("max") });')).toHaveLength(1);
    expect(errors('request({ model: "gpt-5.3-codex", reasonning: {} });')).toEqual([
      expect.stringContaining("Did you mean to write 'reasoning'?"),
    ]);
  });

  test("a client of a second copy of the SDK fits", () => {
    expect(
      errors(`
        import Second from "second-openai";
        const other = new Second();
        // Not the same class to the compiler: its private fields are others.
        // @ts-expect-error
        const same: OpenAI = other;
        const turn = await respond(other, request({ model: "gpt-5.5", ...reasoning("low") }));
        stream(other, { model: "gpt-5.5" });
        createThread(other, { model: "gpt-5.5" });
        run(other, { model: "gpt-5.5", ...tools([grep]) });
        other.responses.create(request({ model: "gpt-5.5", ...tools([grep]), ...prompt({ task: "Hi" }) }));
      `),
    ).toEqual([]);
  });
});
