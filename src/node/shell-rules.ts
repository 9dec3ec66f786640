import { splitCommand } from "./split-command.ts";

/** A plain string or a regular expression about a command line. */
export type CommandRule = string | RegExp;

export interface CommandRules {
  allow?: readonly CommandRule[] | undefined;
  deny?: readonly CommandRule[] | undefined;
}

/**
 * Why a command line may not run; `undefined` when it may. `deny` wins over `allow`.
 *
 * A string in `deny` matches these words anywhere. A string in `allow` matches a command that
 * begins with these words, and every command of the line (joined by `;`, `&&`, `|`, in `$(…)` and
 * so on) must match one. A RegExp is tested on each of these commands, in `deny` also on the whole
 * line. This is a guard rail against mistakes and not a sandbox: a command can start any other.
 */
export function refusal(command: string, { allow, deny = [] }: CommandRules): string | undefined {
  const commands = splitCommand(command);
  for (const rule of deny) {
    const hit = [command, ...commands].some((text) =>
      typeof rule === "string" ? mentions(text, rule) : text.search(rule) >= 0,
    );
    if (hit) return `Not run: the rules of this workspace deny ${show(rule)}.`;
  }
  if (allow === undefined) return undefined;
  const stray = commands.find(
    (text) =>
      !allow.some((rule) =>
        typeof rule === "string" ? begins(text, rule) : text.search(rule) >= 0,
      ),
  );
  if (stray === undefined && commands.length > 0) return undefined;
  const allowed = allow.map(show).join(", ") || "no command";
  return `Not run: the rules of this workspace allow ${allowed}, and not ${show(stray ?? "")}.`;
}

function show(rule: CommandRule): string {
  return typeof rule === "string" ? `\`${rule}\`` : String(rule);
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function begins(command: string, rule: string): boolean {
  return `${words(command)} `.startsWith(`${words(rule)} `);
}

/** Whether the words of the rule occur, and not only as part of longer ones: `rm` not in `npm run format`. */
function mentions(text: string, rule: string): boolean {
  const wanted = words(rule);
  if (wanted === "") return false;
  const before = /^\w/.test(wanted) ? "(?<![\\w.-])" : "";
  const after = /\w$/.test(wanted) ? "(?![\\w-])" : "";
  const literal = wanted.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(before + literal + after).test(words(text));
}
