import { afterEach, expect, test, vi } from "vitest";
import { safeEnv } from "../../src/node/safe-env.ts";

afterEach(() => vi.unstubAllEnvs());

test("passes on what programs need, and no secret", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/h",
    USER: "u",
    LANG: "C",
    LC_ALL: "C",
    TERM: "t",
    TMPDIR: "/t",
    SHELL: "s",
    TZ: "z",
  };
  const dropped = [
    "OPENAI_API_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "GITHUB_TOKEN",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "BASH_ENV",
    "ENV",
    "PATH_SECRET",
    "MY_HOME",
    "LC",
  ];
  for (const [name, value] of Object.entries(kept)) vi.stubEnv(name, value);
  for (const name of dropped) vi.stubEnv(name, "secret");

  const env = safeEnv();

  expect(env).toMatchObject(kept);
  expect(Object.values(env)).not.toContain("secret");
});

test("adds, replaces and removes what the user says", () => {
  vi.stubEnv("PATH", "/bin");
  vi.stubEnv("TERM", "xterm");
  const extra = { PATH: "/mine", CI: "1", TERM: undefined };

  expect(safeEnv(extra)).toMatchObject({ PATH: "/mine", CI: "1", TERM: undefined });
  expect(extra).toEqual({ PATH: "/mine", CI: "1", TERM: undefined });
});

test("knows names in any case on Windows", () => {
  vi.spyOn(process, "platform", "get").mockReturnValue("win32");
  vi.stubEnv("Path", "C:\\bin");
  vi.stubEnv("Openai_Api_Key", "secret");

  expect(safeEnv()).toMatchObject({ Path: "C:\\bin" });
  expect(Object.values(safeEnv())).not.toContain("secret");
});
