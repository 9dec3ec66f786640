import { type Answer, refused } from "./answer.ts";
import { ApiFailure } from "./api-failure.ts";
import { cacheDiagnostics } from "./cache-diagnostics.ts";
import { deliver } from "./deliver.ts";
import { httpFailure } from "./http-failure.ts";
import { itemFailure } from "./item-checks.ts";
import { pairingFailure } from "./pairing.ts";
import { paramFailure } from "./param-checks.ts";
import { planResponse } from "./plan.ts";
import { renderPrompt } from "./prompt.ts";
import type { CreateRequest, MockRequest } from "./request.ts";
import { type FixedStep, type RawReply, reply } from "./script.ts";
import type { ServerContext } from "./server-context.ts";
import { readByModel } from "./state.ts";
import { windowFailure } from "./window.ts";
import { isObject, type Json, objectsOf, tokensOf, type WireItem } from "./wire.ts";

type CreateBody = CreateRequest["body"];

function isCreate(body: Json): body is CreateBody {
  return typeof body.model === "string";
}

/** `POST /responses`. @throws {ApiFailure} */
export async function create(
  context: ServerContext,
  received: MockRequest & { body: Json },
): Promise<Answer | "drop"> {
  const { body } = received;
  const { state } = context;
  if (context.checks) throwIf(paramFailure(body));
  if (!isCreate(body)) throw paramFailure(body) ?? new ApiFailure(400, "Invalid 'model'.");
  const { sent, transcript } = state.transcript(body);
  if (context.checks) {
    throwIf(itemFailure({ request: body, sent, transcript, reasoningOf: state.reasoningOf }));
    throwIf(pairingFailure(transcript));
  }
  const prompt = renderPrompt(body, readByModel(transcript));
  if (context.checks) throwIf(windowFailure(body.model, tokensOf(prompt.bytes.length)));

  const step = await nextStep(context, { ...received, body, transcript });
  if (step.kind === "failure") return refused(httpFailure(step));
  if (step.kind === "drop") return "drop";
  if (step.kind === "raw") return rawAnswer(step);

  const before = state.prompts.get(comparisonId(body));
  const input = context.cache.use(prompt);
  const tokens = input.input_tokens;
  const limits = objectsOf(body.context_management).map((entry) => entry.compact_threshold);
  const compacts = limits.some((limit) => typeof limit === "number" && tokens > limit);
  const after = { request: body, prompt };
  const plan = planResponse({
    request: body,
    reply: step,
    input,
    first: compacts ? [{ type: "compaction" }] : [],
    triggered: isTriggered(transcript),
    full: context.full,
    makeId: context.makeId,
    now: context.now,
    terminal: cacheDiagnostics(comparisonId(body), before, after, input),
  });
  state.prompts.set(plan.id, after);
  const kept = transcript.filter(({ type }) => type !== "compaction_trigger");
  return deliver({ state, request: body, plan, transcript: kept, faults: step.faults });
}

function throwIf(failure: ApiFailure | undefined): void {
  if (failure) throw failure;
}

function comparisonId(body: CreateBody): string {
  const options = body.prompt_cache_options;
  return isObject(options) ? String(options.comparison_response_id ?? "") : "";
}

/** Compaction and prewarming need no reply of the script. */
function nextStep(
  { script, compaction }: ServerContext,
  request: Omit<CreateRequest, "index">,
): FixedStep | Promise<FixedStep> {
  if (request.body.prompt_cache_options?.prewarm) return reply([]);
  if (!isTriggered(request.transcript)) return script.next(request);
  return script.ask(compaction?.trigger ?? reply([{ item: { type: "compaction" } }]), request);
}

function isTriggered(transcript: readonly WireItem[]): boolean {
  return transcript.at(-1)?.type === "compaction_trigger";
}

function rawAnswer({ status, headers, frames, faults }: RawReply): Answer {
  return { status, headers, frames, faults, cutAfter: faults?.cuts?.[0] };
}
