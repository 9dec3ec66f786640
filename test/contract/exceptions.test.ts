import { describe, expect, test } from "vitest";
import { applyExceptions } from "./apply-exceptions.ts";
import { check } from "./check.ts";
import { compile } from "./compile.ts";
import { samples } from "./exception-samples.ts";
import { exceptions } from "./exceptions.ts";
import { contractSchema, officialSchema } from "./schemas.ts";

const official = await officialSchema();
const isOfficial = await compile(contractSchema(official, []));

const all = Object.values(exceptions);

describe("an exception", () => {
  test.for(Object.entries(samples))("is there for a reason: %s", ([, [name, value]]) => {
    const sent: unknown = JSON.parse(JSON.stringify(value));
    // When the types have caught up, the exception must go.
    expect(isOfficial(name)(sent)).toBe(false);
    expect(check(name, sent)).toEqual([]);
  });

  test("to a type that is gone is an error", () => {
    const gone = { ...exceptions.store, in: "Responze" };
    expect(() => applyExceptions(official.definitions, [gone])).toThrow(
      "No official type is called Responze",
    );
  });

  test("leaves the official schemas as they were", () => {
    const before = structuredClone(official.definitions);
    expect(applyExceptions(official.definitions, all)).not.toEqual(before);
    expect(official.definitions).toEqual(before);
  });
});

test("the schemas allow no property that the types do not name", () => {
  const open: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    if ("properties" in value && "type" in value && value.type === "object") {
      if (!("additionalProperties" in value && value.additionalProperties === false))
        open.push(path);
    }
    for (const [key, each] of Object.entries(value)) walk(each, `${path}/${key}`);
  };
  walk(official.definitions, "");
  expect(open).toEqual([]);
});
