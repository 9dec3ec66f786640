import type { NamespaceTool } from "openai/resources/responses/responses";
import { throwProblems, toolProblems } from "./check-tool.ts";

export interface NamespaceOptions<Name extends string, Nested extends NamespaceTool["tools"]> {
  /** 1 to 64 of: a-z A-Z 0-9 _ - */
  readonly name: Name;
  /** What these tools have in common, for the model. */
  readonly description: string;
  /** Functions and custom tools; fewer than ten is what OpenAI advises. */
  readonly tools: readonly [...Nested];
}

/**
 * Tools under one name, which tool search finds together. They keep what answers their calls.
 *
 * @throws `invalid_request` for a bad name.
 */
export function namespace<const Name extends string, Nested extends NamespaceTool["tools"]>(
  options: NamespaceOptions<Name, Nested>,
): NamespaceTool & { name: Name; tools: [...Nested] } {
  throwProblems(toolProblems(options.name, {}));
  const nested: [...Nested] = [...options.tools];
  return { type: "namespace", ...options, tools: nested };
}
