import { ApiFailure } from "./api-failure.ts";
import type { CreateRequest } from "./request.ts";
import { type FixedStep, type Step, toStep } from "./script.ts";

/** The steps of a script, taken one by one; a lone function answers every request. */
export class ScriptQueue {
  readonly #steps: Step[] = [];
  readonly #always: Step | undefined;
  readonly #thrown: unknown[] = [];
  #taken = 0;
  #beyond = 0;

  /** @throws {TypeError} For a step that cannot answer a request. */
  constructor(script: readonly Step[] | Step) {
    if (isList(script)) this.add(...script);
    else this.#always = checked(script);
  }

  get pending(): number {
    return this.#steps.length;
  }

  add(...steps: readonly Step[]): void {
    this.#steps.push(...steps.map(checked));
  }

  /** @throws {ApiFailure} When no step is left. */
  next(request: Omit<CreateRequest, "index">): FixedStep | Promise<FixedStep> {
    const step = this.#steps.shift() ?? this.#always;
    const index = this.#taken++;
    if (step !== undefined) return this.ask(step, request, index);
    this.#beyond++;
    throw failure(`The script has no reply left for request ${index + 1}.`, "script_exhausted");
  }

  /** What a step answers to a request. @throws {ApiFailure} When its function throws. */
  async ask(
    step: Step,
    request: Omit<CreateRequest, "index">,
    index = this.#taken,
  ): Promise<FixedStep> {
    if (typeof step !== "function") return toStep(step);
    try {
      return toStep(await step({ ...request, index }));
    } catch (error) {
      this.#thrown.push(error);
      throw failure(`The script threw: ${error}`, "script_threw");
    }
  }

  /** @throws What a step threw, or that requests and replies were not as many. */
  assertDone(): void {
    if (this.#thrown.length > 0) throw this.#thrown[0];
    if (this.pending > 0) {
      throw new Error(`${this.pending} of the script's replies were never asked for.`);
    }
    if (this.#beyond > 0) {
      throw new Error(`${this.#beyond} requests came after the end of the script.`);
    }
  }
}

function checked(step: Step): Step {
  return typeof step === "function" ? step : toStep(step);
}

function failure(message: string, code: string): ApiFailure {
  return new ApiFailure(400, message, { type: "mock_error", code });
}

function isList(script: readonly Step[] | Step): script is readonly Step[] {
  return Array.isArray(script);
}
