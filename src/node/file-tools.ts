import { type RunnableFunction, tool } from "../tools/tool.ts";
import type { Jail } from "./jail.ts";
import { type ListFilesArgs, listFiles } from "./list-files.ts";
import { type ReadFileArgs, readFile } from "./read-file.ts";
import { type SearchFilesArgs, searchFiles } from "./search-files.ts";

export type FileTools = readonly [
  RunnableFunction<"read_file", ReadFileArgs>,
  RunnableFunction<"list_files", ListFilesArgs>,
  RunnableFunction<"search_files", SearchFilesArgs>,
];

const glob = {
  type: "string",
  description:
    "Only files whose path matches, or whose name does when it has no slash: *.ts, src/**",
} as const;

/** The tools that only look, and so may run side by side. They keep to `maxBytes` by themselves. */
export function fileTools(jail: Jail, maxBytes: number): FileTools {
  return [
    tool({
      name: "read_file",
      description:
        "Reads a text file, unchanged and without line numbers. A line in brackets above it says which lines are shown if that is not all.",
      parameters: {
        type: "object",
        properties: {
          path: { type: "string", description: "Relative to the workspace" },
          offset: { type: "integer", description: "First line, from 1. Default: 1" },
          limit: { type: "integer", description: "Number of lines. Default: all" },
        },
        required: ["path"],
      },
      parallel: true,
      maxOutputTokens: Number.POSITIVE_INFINITY,
      execute: (args, { signal }) => readFile(jail, args, maxBytes, signal),
    }),
    tool({
      name: "list_files",
      description:
        "Lists files and folders, without .git and node_modules. Paths are relative to the workspace.",
      parameters: {
        type: "object",
        properties: {
          path: { type: "string", description: "The folder. Default: the workspace" },
          depth: { type: "integer", description: "Levels of folders. Default: all" },
          glob,
        },
        required: [],
      },
      parallel: true,
      maxOutputTokens: Number.POSITIVE_INFINITY,
      execute: (args, { signal }) => listFiles(jail, args, maxBytes, signal),
    }),
    tool({
      name: "search_files",
      description:
        "Searches text files line by line, without .git and node_modules. Returns path:line:text.",
      parameters: {
        type: "object",
        properties: {
          pattern: {
            type: "string",
            description: "A JavaScript regular expression; (?i) in front ignores case",
          },
          path: { type: "string", description: "A folder or file. Default: the workspace" },
          glob,
        },
        required: ["pattern"],
      },
      parallel: true,
      maxOutputTokens: Number.POSITIVE_INFINITY,
      execute: (args, { signal }) => searchFiles(jail, args, maxBytes, signal),
    }),
  ];
}
