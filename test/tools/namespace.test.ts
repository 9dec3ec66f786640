import type { NamespaceTool } from "openai/resources/responses/responses";
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { behavior } from "../../src/tools/behavior.ts";
import { customTool } from "../../src/tools/custom-tool.ts";
import { namespace } from "../../src/tools/namespace.ts";
import { tool } from "../../src/tools/tool.ts";

const leads = tool({ name: "leads", parameters: z.object({}), defer_loading: true });
const sql = customTool({ name: "sql", execute: (input) => input });

test("namespace is the SDK's param, its tools unchanged with what answers their calls", () => {
  const nested = Object.freeze([leads, sql] as const);
  const crm = namespace({ name: "crm", description: "Customers.", tools: nested });

  expect(JSON.parse(JSON.stringify(crm))).toEqual({
    type: "namespace",
    name: "crm",
    description: "Customers.",
    tools: [JSON.parse(JSON.stringify(leads)), { type: "custom", name: "sql" }],
  });
  expect(crm.tools[0]).toBe(leads);
  expect(crm.tools[1][behavior]).toBe(sql[behavior]);
  expect(crm.tools).not.toBe(nested);
});

test("namespace refuses a bad name", () => {
  expect(() => namespace({ name: "c r m", description: "", tools: [] })).toThrow(
    'tool "c r m": name',
  );
});

test("namespace keeps its names in its type", () => {
  const crm = namespace({ name: "crm", description: "", tools: [leads, sql] });

  expectTypeOf(crm).toExtend<NamespaceTool>();
  expectTypeOf(crm.name).toEqualTypeOf<"crm">();
  expectTypeOf(crm.tools[1].name).toEqualTypeOf<"sql">();
  // @ts-expect-error only functions and custom tools can be inside
  namespace({ name: "n", description: "", tools: [{ type: "web_search" }] });
});
