import { createThread, reasoning, tools } from "../../src/index.ts";
import { extraTool } from "./cache-day.ts";
import { functionTool, loop } from "./cache-loop.ts";
import { clientFor, ourRequest, ourTool, type Player } from "./cache-players.ts";

type Request = ReturnType<typeof ourRequest>;
type Thread = Pick<ReturnType<typeof createThread>, "change">;

/** Something that changes between a session's task and its follow-up. */
export interface Change {
  readonly name: string;
  readonly ours: Player;
  /** The same requests, with the change made where it stands: on the request. */
  readonly naive: Player;
}

const allowed = ["read_file", "search", "list_files"] as const;

export const changes: readonly Change[] = [
  change(
    "nothing",
    () => {},
    (params) => params,
  ),
  change(
    "effort",
    (thread) => thread.change(reasoning("high")),
    (params) => ({ ...params, ...reasoning("high") }),
  ),
  change(
    "tools restricted",
    (thread, { tools: list = [] }) => thread.change(tools(list, { allow: [...allowed] })),
    ({ tools: list = [], ...params }) => ({
      ...params,
      tools: list.filter((tool) => "name" in tool && allowed.some((name) => name === tool.name)),
    }),
  ),
  change(
    "tools added",
    (thread, { tools: list = [] }) => thread.change(tools([...list, ourTool(extraTool)])),
    ({ tools: list = [], ...params }) => ({ ...params, tools: [...list, functionTool(extraTool)] }),
  ),
];

function change(
  name: string,
  onThread: (thread: Thread, params: Request) => void,
  onRequest: (params: Request) => Request,
): Change {
  return {
    name,
    ours: {
      name: "ours",
      async session(fetch, model, day, session) {
        const params = ourRequest(model, day, session);
        const thread = createThread(clientFor(fetch), params);
        await thread.run();
        onThread(thread, params);
        await thread.run(session.followUp);
      },
    },
    naive: {
      name: "naive",
      async session(fetch, model, day, session) {
        const client = clientFor(fetch);
        const params = ourRequest(model, day, session);
        const answer = await loop(client, { ...params, stream: false });
        const changed = { ...onRequest(params), input: session.followUp, stream: false as const };
        await loop(client, { ...changed, previous_response_id: answer.id });
      },
    },
  };
}
