import { answer, type Call, type Item, prompt } from "codex-responses";
import type { ResponseInputItem } from "openai/resources/responses/responses";
import {
  approvalRequest,
  computerCall,
  customCall,
  functionCall,
  localShellCall,
  patchCall,
  searchCall,
  shellCall,
} from "../tools/make-calls.ts";
import type { Built } from "./built-params.ts";

const failure = new Error("No such file.");
const image = "data:image/png;base64,AA==";
const program = { type: "program", caller_id: "call_program" } as const;
const ok = { stdout: "1\n", stderr: "", exitCode: 0 };
const late = { stdout: "", stderr: "", timedOut: true } as const;

const read = functionCall("read_file", { path: "a" });
const note = customCall("note", "Remember.");
const shell = shellCall(["ls", "pwd"]);
const patch = patchCall({ type: "update_file", path: "a", diff: "@@\n-a\n+b" });
const click = computerCall({
  pending_safety_checks: [{ id: "sc_1", code: "c", message: "Sure?" }],
});

/** Every kind of call with every kind of answer. */
const answered: readonly (readonly [string, Call, ResponseInputItem])[] = [
  ["a function with text", read, answer(read, "1")],
  ["a function with a value", read, answer(read, { lines: 3 })],
  ["a function with nothing", read, answer(read, undefined)],
  ["a function with an error", read, answer(read, failure)],
  [
    "a function with parts",
    read,
    answer(read, [
      { type: "input_text", text: "See:" },
      { type: "input_image", image_url: image, detail: "low" },
      { type: "input_file", file_id: "file_1" },
    ]),
  ],
  ["a custom tool with text", note, answer(note, "Kept.")],
  ["a custom tool with parts", note, answer(note, [{ type: "input_text", text: "Kept." }])],
  ["a custom tool with an error", note, answer(note, failure)],
  ["a shell with one result for all", shell, answer(shell, ok)],
  ["a shell with a result each", shell, answer(shell, [ok, late])],
  ["a shell with text and an error", shell, answer(shell, ["1", failure])],
  ["a shell with an error", shell, answer(shell, failure)],
  ["a local shell with a result", localShellCall, answer(localShellCall, ok)],
  ["a local shell with an error", localShellCall, answer(localShellCall, failure)],
  ["a patch with nothing", patch, answer(patch, undefined)],
  ["a patch with a line", patch, answer(patch, "Updated a.")],
  ["a patch with an error", patch, answer(patch, failure)],
  ["a computer with a screenshot", click, answer(click, image)],
  [
    "a computer with a file and accepted checks",
    click,
    answer(click, { file_id: "file_1", acknowledged_safety_checks: click.pending_safety_checks }),
  ],
  ["a computer with an error", click, answer(click, failure)],
  ["a search with nothing", searchCall(), answer(searchCall(), [])],
  ["a search with a tool", searchCall(), answer(searchCall(), [{ type: "apply_patch" }])],
  ["a search with an error", searchCall(), answer(searchCall(), failure)],
  ["an approval with yes", approvalRequest, answer(approvalRequest, true)],
  [
    "an approval with no and why",
    approvalRequest,
    answer(approvalRequest, { approve: false, reason: "Too much." }),
  ],
];

function called(...items: readonly Item[]): () => Built {
  return () => prompt({ task: "Go.", history: items });
}

const more = { max_output_length: 9, timeout_ms: 100 };
const code = {
  type: "program",
  id: "prog_1",
  call_id: "call_program",
  code: "run()",
  fingerprint: "fp_1",
} as const;
const made: readonly Call[] = [
  functionCall("read_file", {}, { caller: program }),
  customCall("note", "", { caller: program }),
  shellCall(["ls"], { caller: program, action: { commands: ["ls"], ...more } }),
  patchCall({ type: "delete_file", path: "a" }, { caller: program }),
];

/** Requests that answer a call. */
export const builtAnswers: readonly (readonly [string, () => Built])[] = [
  ...answered.map(([title, call, output]) => [title, called(call, output)] as const),
  ...made.map(
    (call) => [`a program's ${call.type}`, called(code, call, answer(call, ok))] as const,
  ),
];
