import type { TestProject } from "vitest/node";
import { validatorsFile } from "./compile.ts";

/** Before all test files: it takes seconds once for every version of `openai`. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("validatorsFile", await validatorsFile());
  project.onTestsRerun(async () => project.provide("validatorsFile", await validatorsFile()));
}
