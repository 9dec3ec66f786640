import type {
  ResponseApplyPatchToolCall,
  ResponseComputerToolCall,
  ResponseCustomToolCall,
  ResponseFunctionShellToolCall,
  ResponseFunctionToolCall,
  ResponseOutputItem,
  ResponseToolSearchCall,
} from "openai/resources/responses/responses";

/** Call items as the API sends them, with a few fields to choose. */
export function functionCall(
  name: string,
  args: unknown,
  more: Partial<ResponseFunctionToolCall> = {},
): ResponseFunctionToolCall {
  return {
    type: "function_call",
    id: `fc_${name}`,
    call_id: `call_${name}`,
    name,
    arguments: typeof args === "string" ? args : JSON.stringify(args),
    status: "completed",
    ...more,
  };
}

export function customCall(
  name: string,
  input: string,
  more: Partial<ResponseCustomToolCall> = {},
): ResponseCustomToolCall {
  return {
    type: "custom_tool_call",
    id: `ctc_${name}`,
    call_id: `call_${name}`,
    name,
    input,
    ...more,
  };
}

export function shellCall(
  commands: string[],
  more: Partial<ResponseFunctionShellToolCall> = {},
): ResponseFunctionShellToolCall {
  return {
    type: "shell_call",
    id: "sh_1",
    call_id: "call_shell",
    action: { commands, max_output_length: null, timeout_ms: null },
    environment: null,
    status: "completed",
    ...more,
  };
}

export function patchCall(
  operation: ResponseApplyPatchToolCall["operation"],
  more: Partial<ResponseApplyPatchToolCall> = {},
): ResponseApplyPatchToolCall {
  return {
    type: "apply_patch_call",
    id: "apc_1",
    call_id: "call_patch",
    operation,
    status: "completed",
    ...more,
  };
}

export function computerCall(
  more: Partial<ResponseComputerToolCall> = {},
): ResponseComputerToolCall {
  return {
    type: "computer_call",
    id: "cu_1",
    call_id: "call_computer",
    actions: [{ type: "screenshot" }],
    pending_safety_checks: [],
    status: "completed",
    ...more,
  };
}

export function searchCall(more: Partial<ResponseToolSearchCall> = {}): ResponseToolSearchCall {
  return {
    type: "tool_search_call",
    id: "tsc_1",
    call_id: "call_search",
    arguments: { query: "crm" },
    execution: "client",
    status: "completed",
    ...more,
  };
}

export const localShellCall: ResponseOutputItem.LocalShellCall = {
  type: "local_shell_call",
  id: "lsh_1",
  call_id: "call_local",
  action: { type: "exec", command: ["ls"], env: {} },
  status: "completed",
};

export const approvalRequest: ResponseOutputItem.McpApprovalRequest = {
  type: "mcp_approval_request",
  id: "mcpr_1",
  name: "delete_repo",
  arguments: "{}",
  server_label: "github",
};
