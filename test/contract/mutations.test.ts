import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import { mutated, put } from "./mutate.ts";
import { validBody } from "./valid-body.ts";
import { wrongItems } from "./wrong-items.ts";
import { wrongParams } from "./wrong-params.ts";
import { wrongTools } from "./wrong-tools.ts";

/** Objects of any keys: schemas, names that users choose, tools by name. */
const open = /(^|\.)(metadata|schema|parameters|env|tool_choice\.tools\.\d+)(\.|$)/;

function closedPaths(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || open.test(path)) return [];
  const nested = Object.entries(value).flatMap(([key, each]) =>
    closedPaths(each, path === "" ? key : `${path}.${key}`),
  );
  return Array.isArray(value) ? nested : [path, ...nested];
}

describe("the official types", () => {
  test("take the body that all of these start from", () => {
    expect(check("createStreaming", validBody)).toEqual([]);
  });

  test.for([...wrongParams, ...wrongTools, ...wrongItems])("reject %s", ([, mutation, problem]) => {
    expect(check("createStreaming", mutated(mutation))).toContain(problem);
  });

  test.for(closedPaths(validBody))("reject an unknown property of %s", (path) => {
    const unknown = put(path === "" ? "surprise" : `${path}.surprise`, true);
    expect(check("createStreaming", mutated(unknown)).join()).toContain("surprise");
  });
});
