import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDuration } from "../src/parse-duration.js";

test("reads one unit", () => {
  assert.equal(parseDuration("90s"), 90);
  assert.equal(parseDuration("2h"), 7200);
});

test("adds up units", () => {
  assert.equal(parseDuration("1h30m"), 5400);
  assert.equal(parseDuration("1d 2h 3m 4s"), 93_784);
});
