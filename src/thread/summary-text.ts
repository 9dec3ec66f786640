import type { Item } from "../turn.ts";

const ask = `The conversation is about to be shortened. Write down everything needed to go on with the work
without seeing what came before: the task and its constraints, decisions and their reasons, files read or
changed and what is in them that matters, commands run and their outcome, what is done, what is left.
Be exact with names, paths and numbers. Do not call tools.`;

export function summaryRequest(): Item {
  return { type: "message", role: "developer", content: [{ type: "input_text", text: ask }] };
}

export function summaryMessage(summary: string): Item {
  const text = `What happened so far, in short:\n\n<summary>\n${summary}\n</summary>`;
  return { type: "message", role: "user", content: [{ type: "input_text", text }] };
}
