import { drop, put, rename, type Wrong } from "./mutate.ts";

const parameters = { type: "object", properties: {} };

/** Requests that are wrong in their tools. */
export const wrongTools: readonly Wrong[] = [
  [
    "a function nested as in Chat Completions",
    put("tools.0", { type: "function", function: { name: "a", parameters } }),
    'tools[0]: missing property "name"',
  ],
  ["a function without a name", drop("tools.0.name"), 'tools[0]: missing property "name"'],
  [
    "a function without parameters",
    drop("tools.0.parameters"),
    'tools[0]: missing property "parameters"',
  ],
  [
    "a function that leaves strict out",
    drop("tools.0.strict"),
    'tools[0]: missing property "strict"',
  ],
  [
    "a function with an input schema",
    rename("tools.0.parameters", "input_schema"),
    'tools[0]: missing property "parameters"',
  ],
  ["strict as a word", put("tools.0.strict", "true"), "tools[0].strict: must be boolean,null"],
  [
    "an unknown caller",
    put("tools.0.allowed_callers", ["program"]),
    'tools[0].allowed_callers[0]: "program" is none of "direct", "programmatic"',
  ],
  ["an unknown type of tool", put("tools.2.type", "bash"), 'tools[2]: unknown type "bash"'],
  ["a tool that is only its name", put("tools.2", "shell"), "tools[2]: must be object"],
  ["a tool without a type", drop("tools.2.type"), 'tools[2]: missing property "type"'],
  ["tools that are an object", put("tools", { read_file: { parameters } }), "tools: must be array"],
  [
    "a grammar without its syntax",
    drop("tools.1.format.syntax"),
    'tools[1].format: missing property "syntax"',
  ],
  [
    "a grammar of an unknown syntax",
    put("tools.1.format.syntax", "ebnf"),
    'tools[1].format.syntax: "ebnf" is none of "lark", "regex"',
  ],
  [
    "a grammar under the wrong key",
    rename("tools.1.format", "grammar"),
    'tools[1]: unknown property "grammar"',
  ],
  [
    "a search with an unknown context size",
    put("tools.3.search_context_size", "huge"),
    'tools[3].search_context_size: "huge" is none of "low", "medium", "high"',
  ],
  [
    "a file search without a store",
    drop("tools.4.vector_store_ids"),
    'tools[4]: missing property "vector_store_ids"',
  ],
  [
    "a code interpreter without a container",
    drop("tools.5.container"),
    'tools[5]: missing property "container"',
  ],
  [
    "an MCP server without a label",
    drop("tools.6.server_label"),
    'tools[6]: missing property "server_label"',
  ],
  [
    "approval that is neither always nor never",
    put("tools.6.require_approval", "sometimes"),
    "tools[6].require_approval: must be object",
  ],
  [
    "a namespace with a hosted tool",
    put("tools.7.tools.0", { type: "web_search" }),
    'tools[7].tools[0]: unknown type "web_search"',
  ],
  [
    "a namespace without a description",
    drop("tools.7.description"),
    'tools[7]: missing property "description"',
  ],
  [
    "an unknown choice of tool",
    put("tool_choice", "any"),
    'tool_choice: "any" is none of "none", "auto", "required"',
  ],
  [
    "a chosen function of Chat Completions",
    put("tool_choice", { type: "function", function: { name: "a" } }),
    'tool_choice: missing property "name"',
  ],
  [
    "allowed tools without a mode",
    drop("tool_choice.mode"),
    'tool_choice: missing property "mode"',
  ],
  [
    "allowed tools of an unknown mode",
    put("tool_choice.mode", "none"),
    'tool_choice.mode: "none" is none of "auto", "required"',
  ],
];
