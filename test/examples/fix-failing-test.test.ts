import { fileURLToPath } from "node:url";
import { mockResponses } from "codex-responses/testing";
import { describe, expect, test } from "vitest";
import { script } from "../../examples/fix-failing-test/script.ts";
import { play } from "./play.ts";

const name = "fix-failing-test";

describe.concurrent("the agent that repairs a failing test", () => {
  test("ends with the test repaired and the bill", async () => {
    const { code, stdout, stderr, left } = await play(name);
    expect({ code, stderr, left }).toEqual({ code: 0, stderr: "", left: [] });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^No OPENAI_API_KEY: a scripted server plays gpt-6\.2-sol/);
    expect(lines).toEqual(
      expect.arrayContaining([
        "diff --git a/src/parse-duration.js b/src/parse-duration.js",
        "-    total = Number(amount) * seconds[unit];",
        "+    total += Number(amount) * seconds[unit];",
        "tests   before: 1 passed, 1 failed, after: 2 passed, 0 failed",
        "turns   5",
        expect.stringMatching(/^tokens {2}\d{4} in, \d+ out$/),
        expect.stringMatching(/^cached {2}[1-9]\d % of the input$/),
        expect.stringMatching(/^cost {4}\$0\.0\d+$/),
        "stop    done",
        "FIXED",
      ]),
    );
  });

  test("does not believe a model that says the tests pass", async () => {
    const wrong = fileURLToPath(new URL("wrong-patch.ts", import.meta.url));
    const { code, stdout } = await play(name, ["--script", wrong]);
    expect(code).toBe(1);
    expect(stdout).toContain("+  let total = 1;");
    expect(stdout).toMatch(/\nstop {4}done\nNOT FIXED\n$/);
  });

  test("stops at its limit of turns", async () => {
    const { code, stdout, left } = await play(name, ["--max-turns", "2"]);
    expect({ code, left }).toEqual({ code: 1, left: [] });
    expect(stdout).toContain("Nothing changed.");
    expect(stdout).toContain("\nturns   2\n");
    expect(stdout).toMatch(/\nstop {4}turns\nNOT FIXED\n$/);
  });

  test.each([
    [["--nope"], "Unknown option '--nope'"],
    [["--max-turns", "0"], "--max-turns needs a whole number"],
    [["--max-usd", "much"], "--max-usd needs a positive number"],
  ])("explains the bad option %j", async (args, message) => {
    const { code, stdout, stderr } = await play(name, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("Usage: npm start -- [--model ID]");
  });

  test("calls the API with the same code when there is a key", async () => {
    const server = mockResponses(script);
    const { url, close } = await server.listen();
    const env = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: url };
    const { code, stdout } = await play(name, ["--model", "gpt-6.1-sol"], env);
    await close();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Calling http:\/\/127\.0\.0\.1:\d+\/v1 with gpt-6\.1-sol\.\n/);
    expect(stdout).toMatch(/\nFIXED\n$/);
    expect(server.requests.map(({ body }) => body?.model)).toEqual(Array(5).fill("gpt-6.1-sol"));
  });
});
