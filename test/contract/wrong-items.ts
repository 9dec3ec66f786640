import { drop, put, rename, type Wrong } from "./mutate.ts";

/** Requests that are wrong in their items. */
export const wrongItems: readonly Wrong[] = [
  ["a message without content", drop("input.0.content"), 'input[0]: missing property "content"'],
  [
    "a message of the tool role",
    put("input.1", { role: "tool", tool_call_id: "call_1", content: "1" }),
    'input[1].role: "tool" is none of "user", "assistant", "system", "developer"',
  ],
  [
    "a part of text as in Chat Completions",
    put("input.1.content.0", { type: "text", text: "Go." }),
    'input[1].content[0]: unknown type "text"',
  ],
  [
    "an image as in Chat Completions",
    put("input.1.content.0", { type: "image_url", image_url: { url: "data:," } }),
    'input[1].content[0]: unknown type "image_url"',
  ],
  [
    "an unknown detail of an image",
    put("input.1.content.0.detail", "max"),
    'input[1].content[0].detail: "max" is none of "low", "high", "auto", "original"',
  ],
  [
    "a breakpoint that is only a yes",
    put("input.0.content.0.prompt_cache_breakpoint", true),
    "input[0].content[0].prompt_cache_breakpoint: must be object",
  ],
  [
    "an unknown phase",
    put("input.3.phase", "preamble"),
    'input[3].phase: "preamble" is none of "commentary", "final_answer", null',
  ],
  ["reasoning without a summary", drop("input.2.summary"), 'input[2]: missing property "summary"'],
  [
    "reasoning with its id under another name",
    rename("input.2.id", "reasoning_id"),
    'input[2]: missing property "id"',
  ],
  ["a call without an id", drop("input.4.call_id"), 'input[4]: missing property "call_id"'],
  [
    "a call whose id has another name",
    rename("input.4.call_id", "tool_call_id"),
    'input[4]: missing property "call_id"',
  ],
  [
    "arguments that are no text",
    put("input.4.arguments", { path: "a" }),
    "input[4].arguments: must be string",
  ],
  [
    "a call in camel case",
    rename("input.4.call_id", "callId"),
    'input[4]: missing property "call_id"',
  ],
  [
    "an output under another name",
    rename("input.5.output", "content"),
    'input[5]: missing property "output"',
  ],
  [
    "an output that is no text",
    put("input.5.output", { lines: 1 }),
    "input[5].output: must be string",
  ],
  [
    "a custom call with arguments",
    rename("input.6.input", "arguments"),
    'input[6]: missing property "input"',
  ],
  [
    "a custom output whose call is under id",
    rename("input.7.call_id", "id"),
    'input[7]: missing property "call_id"',
  ],
  [
    "commands that are one text",
    put("input.8.action.commands", "ls"),
    "input[8].action.commands: must be array",
  ],
  ["a shell output that is text", put("input.9.output", "a.ts"), "input[9].output: must be array"],
  [
    "a shell output without an outcome",
    drop("input.9.output.0.outcome"),
    'input[9].output[0]: missing property "outcome"',
  ],
  [
    "an exit code that is text",
    put("input.9.output.0.outcome.exit_code", "0"),
    "input[9].output[0].outcome.exit_code: must be number",
  ],
  [
    "a patch without a path",
    drop("input.10.operation.path"),
    'input[10].operation: missing property "path"',
  ],
  [
    "an unknown operation",
    put("input.10.operation.type", "rename_file"),
    'input[10].operation: unknown type "rename_file"',
  ],
  [
    "a patch output without a status",
    drop("input.11.status"),
    'input[11]: missing property "status"',
  ],
  [
    "a patch output of an unknown status",
    put("input.11.status", "done"),
    'input[11].status: "done" is none of "completed", "failed"',
  ],
  [
    "a screenshot that is only its URL",
    put("input.13.output", "data:,"),
    "input[13].output: must be object",
  ],
  [
    "a screenshot with a URL as in Chat Completions",
    put("input.13.output.image_url", { url: "data:," }),
    "input[13].output.image_url: must be string",
  ],
  [
    "a local shell output with call_id",
    rename("input.15.id", "call_id"),
    'input[15]: missing property "id"',
  ],
  [
    "a decision that is a word",
    put("input.16.approve", "yes"),
    "input[16].approve: must be boolean",
  ],
  [
    "a decision by call_id",
    rename("input.16.approval_request_id", "call_id"),
    'input[16]: missing property "approval_request_id"',
  ],
  [
    "an update with an effort at its top",
    put("input.17.effort", "high"),
    'input[17]: unknown property "effort"',
  ],
  [
    "a compaction without its content",
    drop("input.18.encrypted_content"),
    'input[18]: missing property "encrypted_content"',
  ],
  [
    "an item without a type",
    put("input.19", { text: "Go." }),
    'input[19]: missing property "content"',
  ],
  [
    "an item of an unknown type",
    put("input.19", { type: "tool_result", id: "x" }),
    'input[19]: unknown type "tool_result"',
  ],
  ["an item that is text", put("input.19", "Go."), "input[19]: must be object"],
  [
    "an input that is a message",
    put("input", { role: "user", content: "Go." }),
    "input: must be string",
  ],
];
