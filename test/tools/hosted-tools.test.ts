import type { Tool } from "openai/resources/responses/responses";
import { expect, expectTypeOf, test } from "vitest";
import {
  codeInterpreter,
  fileSearch,
  imageGeneration,
  mcp,
  programmaticToolCalling,
  webSearch,
} from "../../src/tools/hosted-tools.ts";

test.for<[Tool, Tool]>([
  [webSearch(), { type: "web_search" }],
  [
    webSearch({ search_context_size: "low", filters: { allowed_domains: ["nodejs.org"] } }),
    {
      type: "web_search",
      search_context_size: "low",
      filters: { allowed_domains: ["nodejs.org"] },
    },
  ],
  [
    fileSearch({ vector_store_ids: ["vs_1"], max_num_results: 3 }),
    { type: "file_search", vector_store_ids: ["vs_1"], max_num_results: 3 },
  ],
  [codeInterpreter(), { type: "code_interpreter", container: { type: "auto" } }],
  [
    codeInterpreter({ container: "cntr_1", allowed_callers: ["programmatic"] }),
    { type: "code_interpreter", container: "cntr_1", allowed_callers: ["programmatic"] },
  ],
  [imageGeneration(), { type: "image_generation" }],
  [
    imageGeneration({ quality: "low", partial_images: 2 }),
    { type: "image_generation", quality: "low", partial_images: 2 },
  ],
  [
    mcp({ server_label: "gh", server_url: "https://x", require_approval: "never" }),
    { type: "mcp", server_label: "gh", server_url: "https://x", require_approval: "never" },
  ],
  [programmaticToolCalling(), { type: "programmatic_tool_calling" }],
])("%j is the SDK's own param", ([built, written]) => {
  expect(JSON.stringify(built)).toBe(JSON.stringify(written));
});

test("options stay unchanged, and misspelt or missing ones are compile errors", () => {
  expect(() => webSearch(Object.freeze({ search_context_size: "low" }))).not.toThrow();
  expectTypeOf(mcp({ server_label: "gh" })).toEqualTypeOf<Tool.Mcp>();
  // @ts-expect-error the type is not an option
  webSearch({ type: "web_search" });
  // @ts-expect-error it is search_context_size
  webSearch({ searchContextSize: "low" });
  // @ts-expect-error without vector stores there is nothing to search
  fileSearch({});
});
