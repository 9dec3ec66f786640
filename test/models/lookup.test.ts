import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aliases, models } from "../../src/models/catalogue.ts";
import { catalogueId, modelInfo } from "../../src/models/lookup.ts";

const known = Object.keys(models);

describe("catalogueId", () => {
  test.for(known)("knows %s, as it is and as gateways write it", (id) => {
    const spellings = [
      id,
      id.toUpperCase(),
      id.replaceAll(".", "-"),
      id.replaceAll(/[.-]/g, "_"),
      `openai/${id}`,
      `openai/${id.replaceAll(".", "-")}`,
      `openrouter/openai/${id}`,
      `azure/${id}`,
      `openai:${id}`,
      `openai.${id}`,
      `us.openai.${id}`,
      `mantle/openai.${id}`,
      `openai/${id}:nitro`,
      `${id}-2026-03-05`,
      `openai/${id}-20260305`,
      `OpenAI/${id.replaceAll(".", "-")}-2026-03-05`,
    ];
    expect(spellings.map(catalogueId)).toEqual(spellings.map(() => id));
  });

  test.for([
    ["gpt-5.6", "gpt-5.6-sol"],
    ["openai/gpt-5-6", "gpt-5.6-sol"],
    ["gpt-5.6-2026-07-09", "gpt-5.6-sol"],
    ["gpt-5-2025-08-07", "gpt-5"],
    ["gpt-5-mini-2025-08-07", "gpt-5-mini"],
    ["gpt-5.1-2025-11-13", "gpt-5.1"],
    ["gpt-5.2-codex-2026-01-14", "gpt-5.2-codex"],
    ["gpt-5.4-pro-2026-03-05", "gpt-5.4-pro"],
    ["gpt-5.5-2026-04-23", "gpt-5.5"],
    ["openai/gpt-5-3-codex", "gpt-5.3-codex"],
    ["gpt-5-1", "gpt-5.1"],
    ["gpt_5_4", "gpt-5.4"],
  ] as const)("reads %s as %s", ([id, expected]) => {
    expect(catalogueId(id)).toBe(expected);
  });

  test.for([
    "",
    " ",
    "/",
    "openai/",
    "openai/gpt-5.4/",
    "gpt-5.44",
    "gpt-5-44",
    "gpt-5.4-turbo",
    "gpt-5.4-mini-foo",
    "gpt-5-4-mini-foo",
    "gpt-5-3-codex-max",
    "gpt-5.3-codex-high",
    "my-gpt-5",
    "my-openai-gpt-5",
    "gpt5",
    "gpt-54",
    "gpt-5.4.1",
    "gpt-5-2025",
    "gpt-5.4-2026-03",
    "gpt-5.4-2026-03-05-preview",
    "gpt-5.4-0305",
    "gpt-5.4:free",
    "ft:gpt-5.4-mini:acme::abc123",
    "gpt-5.6-",
    "gpt-6",
    "constructor",
    "toString",
    "__proto__",
    "openai/__proto__",
    "hasOwnProperty-2026-03-05",
  ])("does not know %j", (id) => {
    expect(catalogueId(id)).toBeUndefined();
    expect(modelInfo(id)).toBeUndefined();
  });

  test("never throws, and finds nothing but catalogue ids", () => {
    const piece = fc.constantFrom(
      "gpt",
      "-",
      ".",
      "5",
      "4",
      "/",
      ":",
      "openai",
      "codex",
      "2026",
      "",
    );
    const id = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((it) => it.join("")),
    );
    fc.assert(
      fc.property(id, (text) => {
        const found = catalogueId(text);
        return found === undefined || known.includes(found);
      }),
    );
  });

  test("a letter or a digit more makes another model", () => {
    const more = fc.stringMatching(/^[a-z0-9]+$/);
    const names = [...known, ...Object.keys(aliases)];
    fc.assert(
      fc.property(fc.constantFrom(...names), more, (id, suffix) => {
        const longer = `${id}${suffix}`;
        return known.includes(longer) || catalogueId(longer) === undefined;
      }),
    );
  });

  test("long nonsense takes no time", () => {
    const start = performance.now();
    for (const part of ["openai.", "a/", "gpt-5-", "-2026", "a.", "_"]) {
      expect(catalogueId(part.repeat(50_000))).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("modelInfo", () => {
  test("returns the catalogue entry itself", () => {
    expect(modelInfo("gpt-5.4")).toBe(models["gpt-5.4"]);
    expect(modelInfo("openai/gpt-5-6")).toBe(models["gpt-5.6-sol"]);
  });

  test("returns a given ModelInfo as it is", () => {
    const corrected = { ...models["gpt-5.4"], usdPerMillion: null };
    expect(modelInfo(corrected)).toBe(corrected);
  });

  test("knows nothing about no model", () => {
    expect(modelInfo(undefined)).toBeUndefined();
    expect(modelInfo(null)).toBeUndefined();
  });
});
