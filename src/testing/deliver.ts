import { type Answer, eventStream, json, refused } from "./answer.ts";
import { BackgroundRun } from "./background.ts";
import { httpFailure } from "./http-failure.ts";
import type { Plan } from "./plan.ts";
import type { Faults } from "./script.ts";
import { conversationId, type ServerState } from "./state.ts";
import type { Json, WireItem } from "./wire.ts";

export interface Delivery {
  readonly state: ServerState;
  readonly request: Json;
  readonly plan: Plan;
  /** Everything before the plan's output. */
  readonly transcript: readonly WireItem[];
  readonly faults: Faults | undefined;
}

/**
 * Answers with a planned response. It is kept from its terminal event on: a client that left
 * before finds nothing stored, except in the background.
 */
export function deliver(delivery: Delivery): Answer {
  const { request, plan, faults } = delivery;
  if (request.background === true) return startInBackground(delivery);
  if (request.stream === true) {
    const last = plan.events.length - 1;
    const onFrame = (index: number) => {
      if (index === last) keep(delivery);
      return true;
    };
    return eventStream(plan.events, onFrame, faults, faults?.cuts?.[0]);
  }
  if (plan.ending.status === "error") {
    return refused(httpFailure({ status: 500, error: plan.ending.error, headers: {} }));
  }
  keep(delivery);
  return json(plan.response, 200, {}, faults);
}

function startInBackground(delivery: Delivery): Answer {
  const { state, request, plan, transcript, faults } = delivery;
  const streamed = request.stream === true;
  const onEnd = () => void remember(delivery);
  const run = new BackgroundRun(plan, { streamed, faults: faults ?? {}, onEnd });
  state.responses.set(plan.id, {
    response: () => run.response(),
    conversation: () => [...transcript, ...run.output],
    run,
  });
  return streamed ? run.stream(-1) : json(run.response(), 200, {}, faults);
}

function keep(delivery: Delivery): void {
  const { state, request, plan } = delivery;
  const conversation = remember(delivery);
  if (request.store === false) return;
  const { id, response } = plan;
  state.responses.set(id, { response: () => response, conversation: () => conversation });
}

function remember({ state, request, plan, transcript }: Delivery): readonly WireItem[] {
  const all = [...transcript, ...plan.output];
  state.rememberOutput(plan.output, request.store !== false);
  const id = conversationId(request.conversation);
  if (id) state.conversations.set(id, all);
  return all;
}
