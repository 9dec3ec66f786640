import { atKey } from "./schema-node.ts";
import type { StandardIssue } from "./standard-json-schema.ts";

/** What a model needs to repair `value`: path, what was expected and what came, in few words. */
export function issuesMessage(issues: Iterable<StandardIssue>, value: unknown): string {
  const lines = [...issues].slice(0, 20).map(({ path = [], message }) => {
    let at = "";
    let got = value;
    for (const step of path) {
      const key = typeof step === "object" ? step.key : step;
      at = atKey(at, key);
      got = Object(got)[key];
    }
    const came = clip(JSON.stringify(got) ?? "nothing", 60);
    return `- ${clip(at || "(root)", 100)}: ${clip(message, 200)}, got ${came}`;
  });
  return clip(["Does not fit the schema:", ...lines].join("\n"), 1_999);
}

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
