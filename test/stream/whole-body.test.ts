import { describe, expect, test } from "vitest";
import { eventsOfBody } from "../../src/stream/whole-body.ts";
import { message, response, usage } from "../faults/events.ts";

const played = (fields: object) => eventsOfBody(JSON.stringify(response(fields)));

describe("a whole response", () => {
  const output = [
    message("Hi"),
    {
      type: "function_call",
      id: "fc",
      call_id: "c",
      name: "f",
      arguments: "{}",
      status: "completed",
    },
  ];

  test("plays as the events it stands for", () => {
    const whole = response({ status: "completed", output, usage });
    const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
    expect(eventsOfBody(JSON.stringify(whole)).events).toEqual([
      {
        type: "response.created",
        sequence_number: 0,
        response: { ...whole, status: "in_progress", output: [] },
      },
      {
        type: "response.output_item.added",
        sequence_number: 1,
        output_index: 0,
        item: { ...message("Hi"), content: [] },
      },
      {
        type: "response.output_text.delta",
        sequence_number: 2,
        ...place,
        delta: "Hi",
        logprobs: [],
      },
      { type: "response.output_item.done", sequence_number: 3, output_index: 0, item: output[0] },
      { type: "response.output_item.added", sequence_number: 4, output_index: 1, item: output[1] },
      { type: "response.output_item.done", sequence_number: 5, output_index: 1, item: output[1] },
      { type: "response.completed", sequence_number: 6, response: whole },
    ]);
  });

  test.each([
    ["completed", "response.completed"],
    ["failed", "response.failed"],
    ["incomplete", "response.incomplete"],
    ["cancelled", "response.cancelled"],
    [undefined, "response.completed"],
    ["queued", "response.created"],
    ["in_progress", "response.created"],
  ])("with status %s ends in %s", (status, type) => {
    expect(played({ status }).events.at(-1)?.type).toBe(type);
  });

  test("may begin with a byte order mark", () => {
    const body = `\uFEFF ${JSON.stringify(response({ status: "completed" }))}\n`;
    expect(eventsOfBody(body).events.at(-1)?.type).toBe("response.completed");
  });

  test("has no item done that is still in progress", () => {
    const open = { ...output[1], status: "in_progress" };
    const types = played({ status: "in_progress", output: [open] }).events.map(({ type }) => type);
    expect(types).toEqual(["response.created", "response.output_item.added"]);
    expect(played({ status: "in_progress" }).failure).toMatchObject({
      kind: "stream_cut",
      message: "The response is still in_progress",
    });
  });
});

describe("any other body", () => {
  test("may be an error", () => {
    const { events } = eventsOfBody('{"error":{"code":"x"},"type":"y"}');
    expect(events).toEqual([{ type: "error", error: { code: "x" } }]);
  });

  test.each([
    ['{"a":', "stream_cut"],
    ['{"a":1}', "invalid_event"],
    ["{}", "invalid_event"],
    ["[]", "invalid_event"],
    ["<html>", "invalid_event"],
    ['{"error":null}', "invalid_event"],
    ['{"output":[]}', "invalid_event"],
    ['{"id":"resp_1","output":[null]}', "invalid_event"],
    ['{"id":"resp_1","output":[{"type":"message","content":[null]}]}', "invalid_event"],
  ])("such as %s is a failure: %s", (body, kind) => {
    expect(eventsOfBody(body)).toMatchObject({ events: [], failure: { kind } });
  });
});
