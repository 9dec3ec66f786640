import type { NamespaceTool, Tool } from "openai/resources/responses/responses";
import type { Call, Item } from "../turn.ts";

/** A tool where a call can find it. */
export interface KnownTool {
  readonly tool: Tool | NamespaceTool["tools"][number];
  /** Of functions and custom tools. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** What a call says of the tool it means. */
interface Named {
  readonly type: Call["type"];
  readonly name?: string | undefined;
  readonly namespace?: string | null | undefined;
}

/** The tools a call may mean: those of the request, then those added later, the newest first. */
export function knownTools(items: readonly Item[], tools: readonly Tool[]): KnownTool[] {
  const added = items.flatMap((item): Tool[] =>
    item.type === "tool_search_output" || item.type === "additional_tools" ? item.tools : [],
  );
  return [...tools, ...added.reverse()].flatMap((tool): KnownTool | KnownTool[] =>
    tool.type === "namespace"
      ? tool.tools.map((inner) => ({ tool: inner, name: inner.name, namespace: tool.name }))
      : { tool, name: "name" in tool ? tool.name : undefined },
  );
}

/** The tool a call names, or the built-in tool its type belongs to. */
export function findTool(call: Named, known: readonly KnownTool[]): KnownTool["tool"] | undefined {
  const type = call.type.replace(/(_tool)?_call$/, "");
  return known.find(
    // A function that tool search loaded is called with its own name as the namespace.
    ({ tool, name, namespace = name }) =>
      tool.type === type && name === call.name && namespace === (call.namespace || name),
  )?.tool;
}
