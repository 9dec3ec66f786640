import { expect, test } from "vitest";
import { continueFrom } from "../../src/prompt/continue-from.ts";
import { error, problemsOf } from "./problems-of.ts";

test("takes the id of a response, or whatever has one", () => {
  const turn = Object.freeze({ id: "resp_1", text: "done" });
  expect(continueFrom("resp_1")).toEqual({ previous_response_id: "resp_1" });
  expect(continueFrom(turn)).toEqual({ previous_response_id: "resp_1" });
});

test.for([[""], [undefined], [null], [{}], [{ id: "" }], [{ id: 7 }], [7]])(
  "refuses %j, which names no response",
  ([parent]) => {
    // @ts-expect-error nonsense
    expect(problemsOf(() => continueFrom(parent))).toEqual([
      error("previous_response_id", "is no id", "pass a finished turn, a response, or its id"),
    ]);
  },
);
