import { calls, type mockResponses, patches, runs, says, together } from "codex-responses/testing";

const patch = `*** Begin Patch
*** Update File: src/parse-duration.js
@@ export function parseDuration(text) {
-    total = Number(amount) * seconds[unit];
+    total += Number(amount) * seconds[unit];
*** End Patch`;

/** What the scripted server answers, request by request, in place of a model. */
export const script: Parameters<typeof mockResponses>[0] = [
  together(
    says({ text: "Let me look around and see the test fail.\n", phase: "commentary" }),
    runs("ls -R . && node --test"),
  ),
  calls([{ name: "read_file", arguments: { path: "src/parse-duration.js" } }]),
  together(
    says({ text: "The loop overwrites the total instead of adding to it.\n", phase: "commentary" }),
    patches(patch),
  ),
  runs("node --test"),
  (request) => {
    const passed = /[ℹ#] fail 0/.test(JSON.stringify(request.body.input));
    const text = passed
      ? "Fixed: `parseDuration` now adds up its units, and all tests pass."
      : "The tests still fail after my patch.";
    return says({ text, phase: "final_answer" });
  },
];
