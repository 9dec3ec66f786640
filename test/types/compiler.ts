import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const openai = join(root, "node_modules/openai");
/** Another version of the SDK, as a second installed copy would be. */
const second = join(root, "node_modules/second-openai");

const prelude = `
import OpenAI from "openai";
import { z } from "zod";
import { output } from "../../src/prompt/output.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { reasoning } from "../../src/prompt/reasoning.ts";
import { continueFrom } from "../../src/prompt/continue-from.ts";
import { stateless } from "../../src/prompt/stateless.ts";
import { autoCompact } from "../../src/prompt/auto-compact.ts";
import { request } from "../../src/request/request.ts";
import { respond, stream } from "../../src/stream/stream.ts";
import { createThread } from "../../src/run/thread.ts";
import { run } from "../../src/run/run.ts";
import { tool } from "../../src/tools/tool.ts";
import { tools } from "../../src/tools/tools.ts";
const client = new OpenAI();
const grep = tool({ name: "grep", parameters: z.object({ pattern: z.string() }), execute: () => "" });
`;

export interface Compiler {
  /** What the compiler says about a snippet that may use every builder and function. */
  errors(snippet: string): string[];
  /** What an editor offers at the `|` of a snippet. */
  completions(snippet: string): string[];
}

/** The real compiler on real files; only the snippet, and the second SDK, are made up. */
export function createCompiler(options: ts.CompilerOptions = {}): Compiler {
  const file = join(root, "test/types/snippet.ts");
  let text = "";
  let version = 0;
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent({ ...config.config, files: [] }, ts.sys, root);
  const real = (path: string) => path.replace(second, openai);
  const readFile = (path: string) => {
    if (path === file) return text;
    const found = ts.sys.readFile(real(path));
    // The compiler treats two packages of one name and version as one.
    return path === join(second, "package.json")
      ? found?.replace(/"version": "/, '"version": "9')
      : found;
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...parsed.options, noUnusedLocals: false, ...options }),
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? `${version}` : "1"),
    getScriptSnapshot: (path) => {
      const found = readFile(path);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(real(path)),
    readFile,
    directoryExists: (path) => ts.sys.directoryExists(real(path)),
    getDirectories: ts.sys.getDirectories,
    realpath: (path) => path,
  });
  const load = (snippet: string) => {
    text = `${prelude}${snippet}\n`;
    version++;
  };
  return {
    errors(snippet) {
      load(snippet);
      const found = [
        ...service.getSyntacticDiagnostics(file),
        ...service.getSemanticDiagnostics(file),
      ];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
    completions(snippet) {
      const at = snippet.indexOf("|");
      load(snippet.slice(0, at) + snippet.slice(at + 1));
      const list = service.getCompletionsAtPosition(file, prelude.length + at, {});
      return (list?.entries ?? []).map(({ name }) => name);
    },
  };
}
