export { type AgentsMd, type AgentsMdOptions, loadAgentsMd } from "./agents-md.ts";
export type { CommandRule } from "./shell-rules.ts";
export {
  type ApprovalRequest,
  type Workspace,
  type WorkspaceOptions,
  workspace,
} from "./workspace.ts";
