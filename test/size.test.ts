import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** Bytes of `code` bundled with everything it imports, minified and gzipped. */
async function weigh(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["codex-responses-source"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

describe("the package stays small, min + gzip, eventsource-parser included", () => {
  test("the whole core is at most 39,168 bytes", async () => {
    expect(await weigh('export * from "codex-responses"')).toBeLessThanOrEqual(39_168);
  });

  test("a typical agent's import is at most 32,320 bytes", async () => {
    const names = "request, reasoning, prompt, tools, tool, run, stream";
    expect(await weigh(`export { ${names} } from "codex-responses"`)).toBeLessThanOrEqual(32_320);
  });

  test("parseEvents alone is at most 5,120 bytes", async () => {
    expect(await weigh('export { parseEvents } from "codex-responses"')).toBeLessThanOrEqual(5_120);
  });

  test("the core imports nothing but eventsource-parser", async () => {
    const { metafile } = await build({
      entryPoints: [new URL("../src/index.ts", import.meta.url).pathname],
      bundle: true,
      format: "esm",
      platform: "neutral",
      packages: "external",
      metafile: true,
      write: false,
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    expect([...new Set(imports.map(({ path }) => path))]).toEqual(["eventsource-parser"]);
  });
});
