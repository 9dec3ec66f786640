import type * as OpenAIModule from "openai";
import type * as AnswerModule from "../../src/testing/answer.ts";
import type * as RoutesModule from "../../src/testing/routes.ts";
import { isObject, textOf } from "../../src/testing/wire.ts";
import { check } from "./check.ts";
import type { OfficialName } from "./schemas.ts";

interface Seen {
  readonly name: OfficialName;
  readonly what: string;
  /** As it was when it was seen, and as it crosses the wire. */
  readonly json: string;
}

const seen: Seen[] = [];

function hold(name: OfficialName, value: unknown, what: string): void {
  seen.push({ name, what, json: JSON.stringify(value) });
}

/** What the types reject of all that was seen since it was last asked. */
export function takeViolations(): string[] {
  // Not as it is seen: loading the validators takes time that tests measure.
  return seen.splice(0).flatMap(({ name, what, json }) => {
    return check(name, JSON.parse(json)).map((problem) => `${what}: ${problem}`);
  });
}

/**
 * Checks what the server writes itself. Bodies that a test writes, by `raw` or `events`, and
 * errors do not come this way.
 */
export function watchAnswers(actual: typeof AnswerModule): typeof AnswerModule {
  return {
    ...actual,
    json(body, status = 200, ...rest) {
      if (status === 200) checkAnswer(body);
      return actual.json(body, status, ...rest);
    },
    eventStream(events, ...rest) {
      for (const event of events) hold("event", event, `event ${event.type}`);
      return actual.eventStream(events, ...rest);
    },
  };
}

const answers: Readonly<Record<string, OfficialName>> = {
  response: "response",
  "response.compaction": "compacted",
  "response.input_tokens": "tokenCount",
};

function checkAnswer(body: Record<string, unknown>): void {
  // The SDK types what DELETE answers as nothing.
  if (body.deleted === true) return;
  hold(answers[textOf(body.object)] ?? "response", body, "answer");
}

/** Checks the bodies of requests, but for those that the server refuses: it throws then. */
export function watchRequests(actual: typeof RoutesModule): typeof RoutesModule {
  return {
    ...actual,
    async route(context, request) {
      const answered = await actual.route(context, request);
      if (request.method === "POST") checkBody(request.path, request.body);
      return answered;
    },
  };
}

/**
 * Checks what a client sends to any server, but for what is refused. A body that goes to
 * `mockResponses` is seen here and there.
 */
export function watchClients(actual: typeof OpenAIModule): typeof OpenAIModule {
  const { prototype } = actual.OpenAI;
  const { fetchWithTimeout } = prototype;
  prototype.fetchWithTimeout = async function (url, init, ...rest) {
    const response = await fetchWithTimeout.call(this, url, init, ...rest);
    if (response.status !== 400 && typeof init?.body === "string") {
      checkBody(new URL(String(url)).pathname, JSON.parse(init.body));
    }
    return response;
  };
  return actual;
}

function checkBody(path: string, body: unknown): void {
  const name = bodyName(path, body);
  if (name) hold(name, body, `request ${path}`);
}

function bodyName(path: string, body: unknown): OfficialName | undefined {
  if (path.endsWith("/responses/compact")) return "compact";
  if (path.endsWith("/responses/input_tokens")) return "countTokens";
  if (!path.endsWith("/responses")) return undefined;
  return isObject(body) && body.stream === true ? "createStreaming" : "create";
}
