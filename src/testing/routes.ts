import { type Answer, json } from "./answer.ts";
import { ApiFailure, badRequest } from "./api-failure.ts";
import { compact } from "./compact.ts";
import { create } from "./create.ts";
import { renderPrompt } from "./prompt.ts";
import type { MockRequest } from "./request.ts";
import type { ServerContext } from "./server-context.ts";
import { readByModel } from "./state.ts";
import { tokensOf } from "./wire.ts";

/** What the server answers to a request. @throws {ApiFailure} */
export function route(
  context: ServerContext,
  request: MockRequest,
): Answer | "drop" | Promise<Answer | "drop"> {
  const { method, path, body } = request;
  const match = /\/responses(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(path);
  if (!match) return unknown(request);
  const [, id, action] = match;
  if (method === "POST" && !action) {
    if (!body) throw badRequest("We could not parse the JSON body of your request.", null);
    if (id === undefined) return create(context, { ...request, body });
    if (id === "compact") return compact(context, { ...request, body });
    if (id === "input_tokens") {
      const items = readByModel(context.state.transcript(body).transcript);
      const input_tokens = tokensOf(renderPrompt(body, items).bytes.length);
      return json({ object: "response.input_tokens", input_tokens });
    }
  }
  if (id === undefined) return unknown(request);
  if (method === "GET" && !action) return retrieve(context, request, id);
  if (method === "POST" && action === "cancel") return cancel(context, id);
  if (method === "DELETE" && !action) {
    context.state.get(id);
    context.state.responses.delete(id);
    return json({ id, object: "response", deleted: true });
  }
  return unknown(request);
}

function unknown({ method, path }: MockRequest): never {
  throw new ApiFailure(404, `Invalid URL (${method} ${path})`);
}

function retrieve(context: ServerContext, { query }: MockRequest, id: string): Answer {
  const { run, response } = context.state.get(id);
  if (query.stream !== "true") return json(run ? run.poll() : response());
  if (!run?.streamed) {
    const message = `Response '${id}' cannot be streamed: it was not created with background=true and stream=true.`;
    throw badRequest(message, "stream");
  }
  return run.stream(Number(query.starting_after ?? -1));
}

function cancel(context: ServerContext, id: string): Answer {
  const { run } = context.state.get(id);
  if (run) return json(run.cancel());
  throw badRequest("Cannot cancel a synchronous response.", null);
}
