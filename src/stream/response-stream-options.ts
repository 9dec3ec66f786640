import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import type { CodexError, Problem } from "../errors.ts";
import type { Chain, Turn } from "../turn.ts";
import type { TurnFacts } from "./finish.ts";
import type { WireOptions } from "./wire.ts";

export interface ResponseStreamOptions<T> extends Omit<WireOptions, "onEnd"> {
  /** What was sent, and how; asked once the request has left. */
  readonly sent: () => { params: ResponseCreateParamsBase; chain: Chain };
  readonly price?: TurnFacts["price"];
  readonly onWarning?: ((warning: Problem) => void) | undefined;
  /** Called once, when the outcome is known and before any reader learns of it. */
  settled?(turn: Turn<T> | undefined, error: CodexError | undefined): void;
}
