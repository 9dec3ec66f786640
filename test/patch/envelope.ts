import { isCodexError, type Problem } from "../../src/errors.ts";
import { applyPatch } from "../../src/patch/apply-patch.ts";

/** The lines between a patch's first and last. */
export function envelope(...lines: readonly string[]): string {
  return ["*** Begin Patch", ...lines, "*** End Patch"].join("\n");
}

/** An update of `a.ts`. */
export function update(...lines: readonly string[]): string {
  return envelope("*** Update File: a.ts", ...lines);
}

/** What `work` throws, which must be a patch error with one problem. */
export function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    const [problem, ...others] = (isCodexError(error) && error.problems) || [];
    if (!isCodexError(error) || error.kind !== "invalid_patch" || !problem || others.length > 0) {
      throw error;
    }
    if (!error.message.includes(problem.message) || !error.message.includes(problem.fix)) {
      throw new Error("the message does not say what the problem says");
    }
    return problem;
  }
  throw new Error("nothing was thrown");
}

/** A file of these lines. */
export function text(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** `a.ts` after an update; `undefined` when it changed nothing. */
export function patched(before: string, ...lines: readonly string[]): string | null | undefined {
  return applyPatch({ "a.ts": before }, update(...lines))["a.ts"];
}

/** Why an update of `a.ts` is refused. */
export function refusal(before: string, ...lines: readonly string[]): Problem {
  return problemOf(() => patched(before, ...lines));
}
