import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A file's content, or where a symlink leads. */
export type Content = string | Uint8Array | { to: string };

/** A real folder with these files, gone after the test. A name that ends in `/` is an empty folder. */
export function tempFolder(files: Record<string, Content> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "node-test-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) put(root, name, content);
  return root;
}

function put(root: string, name: string, content: Content): void {
  const path = join(root, name);
  mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
  if (name.endsWith("/")) return;
  if (typeof content === "object" && "to" in content) symlinkSync(content.to, path);
  else writeFileSync(path, content);
}
