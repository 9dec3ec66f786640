import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { loadAgentsMd } from "../../src/node/agents-md.ts";
import { prompt } from "../../src/prompt/prompt.ts";
import { tempFolder } from "./temp-folder.ts";

beforeEach(() => vi.stubEnv("CODEX_HOME", tempFolder()));
afterEach(() => vi.unstubAllEnvs());

describe("in a project", () => {
  test("takes one file per folder from the git root down to the current folder", async () => {
    const root = tempFolder({
      ".git/": "",
      "AGENTS.md": "root",
      "packages/README.md": "not guidance",
      "packages/app/AGENTS.md": "app",
      "packages/app/src/AGENTS.md": "too deep",
      "packages/other/AGENTS.md": "elsewhere",
    });

    expect(await loadAgentsMd(join(root, "packages/app"))).toEqual([
      { path: join(root, "AGENTS.md"), text: "root" },
      { path: join(root, "packages/app/AGENTS.md"), text: "app" },
    ]);
  });

  test("does not look above the git root", async () => {
    const outer = tempFolder({ "AGENTS.md": "above", "repo/.git/": "", "repo/AGENTS.md": "repo" });

    expect(await loadAgentsMd(join(outer, "repo"))).toEqual([
      { path: join(outer, "repo/AGENTS.md"), text: "repo" },
    ]);
  });

  test("stops at the innermost git root, also where .git is a file", async () => {
    const root = tempFolder({
      ".git/": "",
      "AGENTS.md": "outer",
      "worktree/.git": "gitdir: /elsewhere",
      "worktree/AGENTS.md": "worktree",
      "worktree/sub/": "",
    });

    expect(await loadAgentsMd(join(root, "worktree/sub"))).toEqual([
      { path: join(root, "worktree/AGENTS.md"), text: "worktree" },
    ]);
  });

  test("agrees with git about the root of a real worktree", async () => {
    const root = tempFolder({ "main/AGENTS.md": "main" });
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
        cwd: join(root, "main"),
        stdio: "pipe",
      });
    git("init");
    git("add", ".");
    git("commit", "-m", "first");
    git("worktree", "add", "../tree");

    expect(await loadAgentsMd(join(root, "tree"))).toEqual([
      { path: join(root, "tree/AGENTS.md"), text: "main" },
    ]);
  });

  test("without a git root looks at the current folder alone", async () => {
    const root = tempFolder({ "AGENTS.md": "above", "here/AGENTS.md": "here", "here/sub/": "" });

    expect(await loadAgentsMd(join(root, "here"))).toEqual([
      { path: join(root, "here/AGENTS.md"), text: "here" },
    ]);
    expect(await loadAgentsMd(join(root, "here/sub"))).toEqual([]);
  });

  test("prefers the override, then AGENTS.md, then fallbacks in their order", async () => {
    const root = tempFolder({
      ".git/": "",
      "AGENTS.override.md": "override",
      "AGENTS.md": "hidden",
      "a/AGENTS.md": "plain",
      "a/CLAUDE.md": "hidden",
      "a/b/GUIDE.md": "second fallback",
      "a/b/c/CLAUDE.md": "first fallback",
      "a/b/c/GUIDE.md": "hidden",
    });
    const fallbackFilenames = ["CLAUDE.md", "GUIDE.md"];

    const found = await loadAgentsMd(join(root, "a/b/c"), { fallbackFilenames });

    expect(found.map(({ text }) => text)).toEqual([
      "override",
      "plain",
      "second fallback",
      "first fallback",
    ]);
    expect(await loadAgentsMd(join(root, "a/b/c"))).toHaveLength(2);
  });

  test("leaves empty files out, and an empty override hides its neighbor", async () => {
    const root = tempFolder({
      ".git/": "",
      "AGENTS.md": " \n\t\n",
      "a/AGENTS.override.md": "",
      "a/AGENTS.md": "switched off",
      "a/b/AGENTS.md": "b",
    });

    expect(await loadAgentsMd(join(root, "a/b"))).toEqual([
      { path: join(root, "a/b/AGENTS.md"), text: "b" },
    ]);
  });

  test("is found through a symlink to one of its folders", async () => {
    const root = tempFolder({ "repo/.git/": "", "repo/AGENTS.md": "repo", "repo/a/": "" });
    symlinkSync(join(root, "repo/a"), join(root, "link"));

    expect(await loadAgentsMd(join(root, "link"))).toEqual([
      { path: join(root, "repo/AGENTS.md"), text: "repo" },
    ]);
  });

  test("follows a symlinked AGENTS.md, and passes over folders and dangling links", async () => {
    const root = tempFolder({
      ".git/": "",
      "CLAUDE.md": "shared",
      "AGENTS.md": { to: "CLAUDE.md" },
      "a/AGENTS.override.md/": "",
      "a/AGENTS.md": "a",
      "a/b/AGENTS.override.md": { to: "nowhere" },
      "a/b/AGENTS.md": "b",
    });

    const found = await loadAgentsMd(join(root, "a/b"));

    expect(found.map(({ text }) => text)).toEqual(["shared", "a", "b"]);
  });

  test("does not wait for a writer of a named pipe", async () => {
    const root = tempFolder({ ".git/": "", "AGENTS.md": "text" });
    execFileSync("mkfifo", [join(root, "AGENTS.override.md")]);

    expect(await loadAgentsMd(root)).toEqual([{ path: join(root, "AGENTS.md"), text: "text" }]);
  });
});

describe("global guidance", () => {
  test("of $CODEX_HOME comes first", async () => {
    const home = tempFolder({ "AGENTS.md": "mine", "CLAUDE.md": "no" });
    vi.stubEnv("CODEX_HOME", home);
    const root = tempFolder({ ".git/": "", "AGENTS.md": "project" });

    expect(await loadAgentsMd(root, { fallbackFilenames: ["CLAUDE.md"] })).toEqual([
      { path: join(home, "AGENTS.md"), text: "mine" },
      { path: join(root, "AGENTS.md"), text: "project" },
    ]);
  });

  test("is the first file that is not empty, override before AGENTS.md", async () => {
    const root = tempFolder();
    const both = tempFolder({ "AGENTS.override.md": "override", "AGENTS.md": "plain" });
    const empty = tempFolder({ "AGENTS.override.md": "\n", "AGENTS.md": "plain" });

    expect(await loadAgentsMd(root, { home: both })).toEqual([
      { path: join(both, "AGENTS.override.md"), text: "override" },
    ]);
    expect(await loadAgentsMd(root, { home: empty })).toEqual([
      { path: join(empty, "AGENTS.md"), text: "plain" },
    ]);
  });

  test("is in ~/.codex when $CODEX_HOME is not set", async () => {
    const home = tempFolder({ ".codex/AGENTS.md": "mine" });
    vi.stubEnv("CODEX_HOME", "");
    vi.stubEnv("HOME", home);

    expect(await loadAgentsMd(tempFolder())).toEqual([
      { path: join(home, ".codex/AGENTS.md"), text: "mine" },
    ]);
  });
});

describe("the byte limit", () => {
  const files = {
    ".git/": "",
    "AGENTS.md": "1234567890",
    "a/AGENTS.md": "äöü",
    "a/b/AGENTS.md": "b",
  };

  test.for([
    [100, ["1234567890", "äöü", "b"]],
    [17, ["1234567890", "äöü", "b"]],
    [16, ["1234567890", "äöü"]],
    [15, ["1234567890", "äö"]],
    [14, ["1234567890", "äö"]],
    [10, ["1234567890"]],
    [3, ["123"]],
    [0, []],
  ] as const)(
    "of %i holds for all files together and cuts at a whole character",
    async ([maxBytes, texts]) => {
      const found = await loadAgentsMd(join(tempFolder(files), "a/b"), { maxBytes });

      expect(found.map(({ text }) => text)).toEqual(texts);
    },
  );

  test("is 32 KiB by default", async () => {
    const root = tempFolder({ "AGENTS.md": "x".repeat(40_000) });

    expect((await loadAgentsMd(root))[0]?.text).toBe("x".repeat(32_768));
  });

  test("counts the global file too", async () => {
    const home = tempFolder({ "AGENTS.md": "mine" });
    const root = tempFolder({ "AGENTS.md": "project" });

    const found = await loadAgentsMd(root, { home, maxBytes: 7 });

    expect(found.map(({ text }) => text)).toEqual(["mine", "pro"]);
  });
});

describe("trouble", () => {
  test("tells that a file is there but cannot be read", async () => {
    const root = tempFolder({ "AGENTS.md": { to: "AGENTS.md" } });

    await expect(loadAgentsMd(root)).rejects.toMatchObject({
      kind: "invalid_request",
      problems: [
        {
          level: "error",
          path: join(root, "AGENTS.md"),
          message: "cannot be read (ELOOP)",
          fix: "make it readable or remove it",
        },
      ],
    });
  });

  test.for(["missing", "file"])("refuses a current folder that is %s", async (name) => {
    const root = tempFolder({ file: "" });

    await expect(loadAgentsMd(join(root, name))).rejects.toMatchObject({
      kind: "invalid_request",
      problems: [{ path: "cwd", message: `${join(root, name)} is no folder` }],
    });
  });

  test("reads bytes that are no UTF-8", async () => {
    const root = tempFolder({ "AGENTS.md": Uint8Array.of(97, 0xff, 98) });

    expect(await loadAgentsMd(root)).toEqual([
      { path: join(root, "AGENTS.md"), text: "a\u{FFFD}b" },
    ]);
  });
});

test("fits the prompt", async () => {
  const root = tempFolder({ "AGENTS.md": "Use tabs." });
  const project = await loadAgentsMd(root);

  expectTypeOf(project).toEqualTypeOf<{ path: string; text: string }[]>();
  expect(prompt({ project }).input).toMatchObject([
    { role: "user", content: [{ text: expect.stringContaining(`instructions for ${root}\n`) }] },
  ]);
  // @ts-expect-error a misspelt option is a compile error
  await loadAgentsMd(root, { maxBites: 1 });
});
