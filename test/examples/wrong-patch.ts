import { type mockResponses, patches, says } from "codex-responses/testing";

/** A model that patches the wrong thing and is sure of itself. */
export const script: Parameters<typeof mockResponses>[0] = [
  patches(`*** Begin Patch
*** Update File: src/parse-duration.js
@@
-  let total = 0;
+  let total = 1;
*** End Patch`),
  says("All tests pass now."),
];
