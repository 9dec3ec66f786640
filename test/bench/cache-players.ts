import OpenAI from "openai";
import {
  createThread,
  prompt,
  reasoning,
  request,
  stateless,
  tool,
  tools,
} from "../../src/index.ts";
import { type Day, runTool, type Session, type ToolSpec } from "./cache-day.ts";

/** A way to write the day's sessions. */
export interface Player {
  readonly name: string;
  session(fetch: typeof globalThis.fetch, model: string, day: Day, session: Session): Promise<void>;
}

export function clientFor(fetch: typeof globalThis.fetch): OpenAI {
  return new OpenAI({ apiKey: "bench", fetch, maxRetries: 0 });
}

export function ourTool(spec: ToolSpec) {
  return tool({ ...spec, execute: runTool });
}

export function ourRequest(model: string, day: Day, { task }: Session) {
  return request({
    model,
    ...reasoning("medium"),
    ...tools(day.tools.map(ourTool)),
    ...prompt({
      model,
      instructions: day.system,
      project: [{ path: "AGENTS.md", text: day.guidance }],
      context: [day.map],
      task,
    }),
  });
}

export const ours: Player = {
  name: "ours, chained",
  async session(fetch, model, day, session) {
    const thread = createThread(clientFor(fetch), ourRequest(model, day, session));
    await thread.run();
    await thread.run(session.followUp);
  },
};

export const oursLocal: Player = {
  name: "ours, local",
  async session(fetch, model, day, session) {
    const params = { ...ourRequest(model, day, session), ...stateless() };
    const thread = createThread(clientFor(fetch), params);
    await thread.run();
    await thread.run(session.followUp);
  },
};
