import { afterAll, afterEach, vi } from "vitest";
import { takeViolations, watchAnswers, watchClients, watchRequests } from "./observe.ts";

// The server's own modules instead of its bytes: reading those along would change when they
// arrive, what is left unread and how a connection breaks, which is what many tests are about.
vi.mock("../../src/testing/answer.ts", async (original) => watchAnswers(await original()));
vi.mock("../../src/testing/routes.ts", async (original) => watchRequests(await original()));
// For the servers that tests write by hand.
vi.mock("openai", async (original) => watchClients(await original()));

function failOnViolations(): void {
  const found = [...new Set(takeViolations())];
  if (found.length === 0) return;
  throw new Error(`The official types reject:\n${found.map((each) => `  ${each}`).join("\n")}`);
}

afterEach(failOnViolations);
afterAll(failOnViolations);
