import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const modules = new URL("../../node_modules/", import.meta.url);
const folder = new URL(".cache/codex-responses/", modules);

/** Where something made of these files and the installed packages is kept. */
function cachePath(name: string, sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(readFileSync(new URL(source, import.meta.url)));
  for (const name of ["ajv", "ts-json-schema-generator"]) hash.update(versionOf(name));
  const key = `openai-${versionOf("openai")}-${hash.digest("hex").slice(0, 12)}`;
  return fileURLToPath(new URL(`${key}-${name}`, folder));
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(new URL(`${name}/package.json`, modules), "utf8"));
  return version;
}

/** Makes it unless it is there; the path of it. Safe when several processes do so at once. */
export async function cached(
  name: string,
  sources: readonly string[],
  make: () => Promise<string>,
): Promise<string> {
  const path = cachePath(name, sources);
  if (existsSync(path)) return path;
  const text = await make();
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
  return path;
}
