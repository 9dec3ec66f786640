import type { FileSearchTool, Tool, WebSearchTool } from "openai/resources/responses/responses";

/** The model searches the web. */
export function webSearch(options: Omit<WebSearchTool, "type"> = {}): WebSearchTool {
  return { type: "web_search", ...options };
}

/** The model searches your vector stores. */
export function fileSearch(options: Omit<FileSearchTool, "type">): FileSearchTool {
  return { type: "file_search", ...options };
}

/** The model runs Python in OpenAI's sandbox. Default container: a new one, `{ type: "auto" }`. */
export function codeInterpreter(
  options: Partial<Omit<Tool.CodeInterpreter, "type">> = {},
): Tool.CodeInterpreter {
  return { type: "code_interpreter", container: { type: "auto" }, ...options };
}

/** The model makes and edits images. */
export function imageGeneration(
  options: Omit<Tool.ImageGeneration, "type"> = {},
): Tool.ImageGeneration {
  return { type: "image_generation", ...options };
}

/**
 * A remote MCP server, called by OpenAI. Unless `require_approval` says otherwise, each of its
 * calls waits for a decision. `authorization` is not stored: send it in every request.
 */
export function mcp(options: Omit<Tool.Mcp, "type">): Tool.Mcp {
  return { type: "mcp", ...options };
}

/** The model writes programs that call the tools whose `allowed_callers` include `programmatic`. */
export function programmaticToolCalling(): Tool.ProgrammaticToolCalling {
  return { type: "programmatic_tool_calling" };
}
