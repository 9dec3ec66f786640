import type { ResponsesClient } from "../../src/client.ts";
import { responseOf } from "./response.ts";

type Client = Pick<ResponsesClient, "responses">;

/** A client that calls a tool in every response, at once and without a network. */
export interface ThreadClient extends Client {
  /** When each request was handed over, in ms. */
  readonly sentAt: number[];
  /** Puts an answer in place of a call into this response and all later ones, from 1. */
  endsAt: number;
}

/** Length of a tool output, in characters: about 500 tokens. */
export const outputText = "packages/core/src/index.ts: no problem found. ".repeat(44);

export function threadClient(): ThreadClient {
  const unused = () => {
    throw new Error("Only create() is played");
  };
  const client: ThreadClient = {
    sentAt: [],
    endsAt: Number.POSITIVE_INFINITY,
    responses: {
      create() {
        client.sentAt.push(performance.now());
        const turn = client.sentAt.length;
        const body = bodyOf(turn, turn >= client.endsAt);
        const headers = { "content-type": "text/event-stream", "x-request-id": `req_${turn}` };
        return { asResponse: async () => new Response(body, { headers }) };
      },
      retrieve: unused,
      compact: unused,
      cancel: unused,
    },
  };
  return client;
}

function bodyOf(turn: number, ends: boolean): string {
  const id = `resp_${turn}`;
  const reasoning = {
    id: `rs_${turn}`,
    type: "reasoning",
    summary: [],
    encrypted_content: "gAAAAAB".repeat(150),
  };
  const call = {
    id: `fc_${turn}`,
    type: "function_call",
    call_id: `call_${turn}`,
    name: "edit",
    arguments: JSON.stringify({ text: `change ${turn}` }),
    status: "completed",
  };
  const content = [{ type: "output_text", text: "Done.", annotations: [] }];
  const status = "completed";
  const message = { id: `msg_${turn}`, type: "message", role: "assistant", status, content };
  const output = [reasoning, ends ? message : call];
  const events = [
    { type: "response.created", response: { ...responseOf("in_progress", []), id } },
    ...output.flatMap((item, output_index) => [
      { type: "response.output_item.added", output_index, item },
      { type: "response.output_item.done", output_index, item },
    ]),
    { type: "response.completed", response: { ...responseOf("completed", output), id } },
  ];
  return events
    .map((event, sequence_number) => ({ ...event, sequence_number }))
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join("");
}
