import type { ResponseIncludable } from "openai/resources/responses/responses";
import type { Part } from "../part.ts";
import { refuse } from "./problem.ts";

/**
 * Keeps nothing on the server: every request then carries the whole transcript, its reasoning
 * encrypted. For zero data retention, and for threads that must not expire.
 *
 * @param include What else the response should contain.
 * @throws {CodexError} `invalid_request` for what is no string.
 * @example stateless() // { store: false, include: ["reasoning.encrypted_content"] }
 */
export function stateless(...include: readonly ResponseIncludable[]): Part<"store" | "include"> {
  const all = new Set<ResponseIncludable>(["reasoning.encrypted_content", ...include]);
  refuse((add) => {
    include.forEach((value, i) => {
      if (typeof value !== "string") add(`include[${i}]`, "is no text", "name what to include");
    });
  });
  return { store: false, include: [...all] };
}
