import { piecesOf } from "./chunks.ts";
import type { ItemPlay } from "./item-play.ts";
import { isObject, type Json, objectsOf, textOf, type WireItem } from "./wire.ts";

/** The events of calls the client answers; the first entry is the item as it is added. */
export function callEvents(item: WireItem, play: ItemPlay): Json[] {
  switch (item.type) {
    case "function_call":
      return [
        { ...item, arguments: "", status: "in_progress" },
        ...textField("response.function_call_arguments", "arguments", item, play),
      ];
    case "custom_tool_call":
      return [
        { ...item, input: "", status: "in_progress" },
        ...textField("response.custom_tool_call_input", "input", item, play),
      ];
    case "shell_call":
      return shellEvents(item);
    case "shell_call_output":
      return shellOutputEvents(item);
    case "apply_patch_call":
      return applyPatchEvents(item, play);
    default:
      return [];
  }
}

/** `….delta` for each piece of a text field, then `….done` with the whole. */
export function textField(
  prefix: string,
  field: string,
  item: Json,
  { chunks }: { chunks?: readonly string[] | undefined },
): Json[] {
  const text = textOf(item[field]);
  return [
    ...(chunks ?? piecesOf(text)).map((delta) => ({ type: `${prefix}.delta`, delta })),
    { type: `${prefix}.done`, [field]: text },
  ];
}

function shellEvents(item: WireItem): Json[] {
  const action = isObject(item.action) ? item.action : {};
  const commands = Array.isArray(action.commands) ? action.commands.map(textOf) : [];
  return [
    { ...item, action: { ...action, commands: [] }, status: "in_progress" },
    ...commands.flatMap((command, command_index) => [
      { type: "response.shell_call_command.added", command_index, command: "" },
      ...piecesOf(command).map((delta) => ({
        type: "response.shell_call_command.delta",
        command_index,
        delta,
      })),
      { type: "response.shell_call_command.done", command_index, command },
    ]),
  ];
}

/** Output of a hosted shell, which the server runs itself. */
function shellOutputEvents(item: WireItem): Json[] {
  const outputs = objectsOf(item.output);
  return [
    { ...item, output: [], status: "in_progress" },
    ...outputs.flatMap((output, command_index) => [
      ...(["stdout", "stderr"] as const).flatMap((stream) =>
        piecesOf(textOf(output[stream])).map((delta) => ({
          type: "response.shell_call_output_content.delta",
          command_index,
          delta: { [stream]: delta },
        })),
      ),
      { type: "response.shell_call_output_content.done", command_index, output: [output] },
    ]),
  ];
}

/** The diff is streamed in events that the SDK does not know: its accumulator throws on them. */
function applyPatchEvents(item: WireItem, play: ItemPlay): Json[] {
  const operation = isObject(item.operation) ? item.operation : {};
  const streamed = play.full && typeof operation.diff === "string";
  const start = "diff" in operation ? { ...operation, diff: "" } : operation;
  return [
    { ...item, operation: start, status: "in_progress" },
    ...(streamed
      ? textField("response.apply_patch_call_operation_diff", "diff", operation, play)
      : []),
  ];
}
