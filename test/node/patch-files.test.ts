import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from "node:fs";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openJail } from "../../src/node/jail.ts";
import { patchFiles } from "../../src/node/patch-files.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { type Content, tempFolder } from "./temp-folder.ts";

vi.mock("node:fs/promises", { spy: true });
afterEach(() => vi.resetAllMocks());

const patch = (...lines: string[]) =>
  parsePatch(["*** Begin Patch", ...lines, "*** End Patch"].join("\n"));
const apply = (root: string, ...lines: string[]) => patchFiles(openJail(root), patch(...lines));

/** Everything below a folder: the text of files, the target of symlinks, `null` for empty folders. */
function snapshot(root: string, base = ""): Record<string, Content | null> {
  const found: Record<string, Content | null> = {};
  for (const child of readdirSync(join(root, base), { withFileTypes: true })) {
    const name = join(base, child.name);
    const path = join(root, name);
    if (child.isSymbolicLink()) found[name] = { to: readlinkSync(path) };
    else if (child.isFile()) found[name] = readFileSync(path, "utf8");
    else if (readdirSync(path).length === 0) found[name] = null;
    else Object.assign(found, snapshot(root, name));
  }
  return found;
}

const everything = [
  "*** Update File: src/a.ts",
  "@@",
  "-one",
  "+ONE",
  "+more",
  "*** Add File: new/deep/c.ts",
  "+c",
  "*** Delete File: old.ts",
  "*** Update File: from.ts",
  "*** Move to: to/there.ts",
  "@@",
  " x",
  "-y",
];
const files = { "src/a.ts": "one\ntwo\n", "old.ts": "old\n", "from.ts": "x\ny\n", "other.ts": "?" };

describe("a patch that fits", () => {
  test("adds, updates, deletes and moves, and says what it did", async () => {
    const root = tempFolder(files);

    const answer = await apply(root, ...everything);

    expect(answer.split("\n")).toEqual([
      "M src/a.ts (+2 -1)",
      "A new/deep/c.ts (+1)",
      "D old.ts",
      "M from.ts -> to/there.ts (+0 -1)",
    ]);
    expect(snapshot(root)).toEqual({
      "src/a.ts": "ONE\nmore\ntwo\n",
      "new/deep/c.ts": "c\n",
      "to/there.ts": "x\n",
      "other.ts": "?",
    });
  });

  test("keeps the rights of a file, also when it moves", async () => {
    const root = tempFolder(files);
    chmodSync(join(root, "src/a.ts"), 0o751);
    chmodSync(join(root, "from.ts"), 0o700);

    await apply(root, ...everything);

    const mode = (name: string) => statSync(join(root, name)).mode & 0o7777;
    expect([mode("src/a.ts"), mode("to/there.ts")]).toEqual([0o751, 0o700]);
    expect(mode("new/deep/c.ts")).toBe(0o666 & ~process.umask());
  });

  test("keeps line ends and a byte order mark", async () => {
    const root = tempFolder({ "a.txt": "\u{FEFF}one\r\ntwo\r\n" });

    await apply(root, "*** Update File: a.txt", "@@", "-one", "+ONE", " two");

    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("\u{FEFF}ONE\r\ntwo\r\n");
  });

  test("deletes what is no text, and may replace it", async () => {
    const root = tempFolder({ "logo.png": Uint8Array.of(0xff, 0, 0xff) });

    expect(await apply(root, "*** Delete File: logo.png")).toBe("D logo.png");
    expect(snapshot(root)).toEqual({});
  });

  test.runIf(process.getuid?.() === 0)(
    "leaves a file to its owner when root edits it",
    async () => {
      const root = tempFolder(files);
      await fs.chown(join(root, "src/a.ts"), 1234, 4321);
      chmodSync(join(root, "src/a.ts"), 0o4755);

      await apply(root, "*** Update File: src/a.ts", "@@", "-one", "+ONE");

      const { uid, gid, mode } = statSync(join(root, "src/a.ts"));
      expect([uid, gid, mode & 0o7777]).toEqual([1234, 4321, 0o4755]);
    },
  );

  test("writes through a symlink within the root, and deletes the link alone", async () => {
    const root = tempFolder({
      "real/a.ts": "one\n",
      "real/b.ts": "one\n",
      "a.ts": { to: "real/a.ts" },
      "b.ts": { to: "real/b.ts" },
      folder: { to: "real" },
    });

    await apply(
      root,
      "*** Update File: a.ts",
      "@@",
      "-one",
      "+ONE",
      "*** Delete File: b.ts",
      "*** Add File: folder/c.ts",
      "+c",
    );

    expect(snapshot(root)).toEqual({
      "real/a.ts": "ONE\n",
      "real/b.ts": "one\n",
      "real/c.ts": "c\n",
      "a.ts": { to: "real/a.ts" },
      folder: { to: "real" },
    });
  });
});

describe("a patch that does not fit changes nothing", () => {
  test.for([
    [
      "a hunk that is nowhere",
      ["*** Update File: other.ts", "@@", "-nowhere", "+x"],
      /other\.ts:\d+: .*nowhere/s,
    ],
    ["a file that is missing", ["*** Delete File: missing.ts"], /missing\.ts:\d+: /],
    ["a file that is there", ["*** Add File: other.ts", "+x"], /other\.ts:\d+: .*exists/],
    [
      "a move onto a file",
      ["*** Update File: old.ts", "*** Move to: other.ts", "@@", "-old", "+x"],
      /other\.ts:\d+: .*exists/,
    ],
  ] as const)("%s", async ([, lines, message]) => {
    const root = tempFolder(files);
    const before = snapshot(root);

    const work = apply(root, "*** Update File: src/a.ts", "@@", "-one", "+ONE", ...lines);

    await expect(work).rejects.toMatchObject({
      kind: "invalid_patch",
      message: expect.stringMatching(message),
    });
    expect(snapshot(root)).toEqual(before);
  });

  test.for([
    ["a symlink out of the root", "out.txt", "out.txt: a symlink leads out of the workspace"],
    [
      "a symlinked folder out of the root",
      "outside/new.txt",
      "outside/new.txt: a symlink leads out of the workspace",
    ],
    ["a dangling symlink", "dangling", "dangling: is a symlink to nothing"],
    ["a folder", "folder", "folder: is a folder"],
    [
      "a file as a folder",
      "a.txt/b.txt",
      "a.txt/b.txt: a part of the path is a file, not a folder",
    ],
    [
      "a git hook",
      ".git/hooks/pre-commit",
      ".git/hooks/pre-commit: what is in .git cannot be patched",
    ],
    [
      "a git hook by another case",
      "sub/.GIT/config",
      "sub/.GIT/config: what is in .git cannot be patched",
    ],
    ["a git hook by a symlink", "git/hooks/x", "git/hooks/x: what is in .git cannot be patched"],
    ["a git file by a symlink", "config", "config: what is in .git cannot be patched"],
    ["the .git file of a worktree", "tree/.git", "tree/.git: what is in .git cannot be patched"],
  ] as const)("%s cannot be written", async ([, path, message]) => {
    const folder = tempFolder({
      "secret.txt": "secret",
      "app/a.txt": "one\n",
      "app/out.txt": { to: "../secret.txt" },
      "app/outside": { to: ".." },
      "app/dangling": { to: "../created" },
      "app/folder/": "",
      "app/.git/hooks/": "",
      "app/git": { to: ".git" },
      "app/.git/config": "",
      "app/config": { to: ".git/config" },
      "app/tree/": "",
    });
    const before = snapshot(folder);
    const first = ["*** Update File: a.txt", "@@", "-one", "+ONE"];
    const lines = path === "a.txt/b.txt" ? [] : first;

    const work = apply(join(folder, "app"), ...lines, `*** Add File: ${path}`, "+x");

    await expect(work).rejects.toThrow(`Nothing changed. ${message}`);
    expect(snapshot(folder)).toEqual(before);
  });

  test("a file that is no UTF-8 would not survive an update", async () => {
    const root = tempFolder({ "a.txt": Uint8Array.of(0x6f, 0x0a, 0xff) });

    await expect(apply(root, "*** Update File: a.txt", "@@", "-o", "+x")).rejects.toThrow(
      "Nothing changed. a.txt: is not UTF-8 text",
    );
  });

  test("two names of one file would undo each other's change", async () => {
    const root = tempFolder({ "a.txt": "one\n", link: { to: "a.txt" } });
    linkSync(join(root, "a.txt"), join(root, "hard"));
    const twice = (name: string) =>
      apply(
        root,
        "*** Update File: a.txt",
        "@@",
        "-one",
        "+1",
        `*** Update File: ${name}`,
        "@@",
        "-one",
        "+2",
      );

    await expect(twice("link")).rejects.toThrow("Nothing changed. link: is the same file as a.txt");
    await expect(twice("hard")).rejects.toThrow("Nothing changed. hard: is the same file as a.txt");
  });

  test("an abort before the writing", async () => {
    const root = tempFolder(files);
    const before = snapshot(root);

    await expect(
      patchFiles(openJail(root), patch(...everything), AbortSignal.abort()),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(snapshot(root)).toEqual(before);
  });
});

describe("a failure while writing puts everything back", () => {
  test("a folder stands where a file must go", async () => {
    const root = tempFolder(files);
    const before = snapshot(root);

    // Both are free names when they are checked; then one needs the other to be a folder.
    const work = apply(root, ...everything, "*** Add File: x", "+x", "*** Add File: x/y", "+y");

    await expect(work).rejects.toThrow("Nothing changed. x: is a folder");
    expect(snapshot(root)).toEqual(before);
  });

  test("a folder that turns up between check and writing", async () => {
    const root = tempFolder(files);
    const before = snapshot(root);
    const { rename } = await vi.importActual<typeof fs>("node:fs/promises");
    vi.mocked(fs.rename).mockImplementationOnce(async (from, to) => {
      mkdirSync(join(root, "to/there.ts"));
      return rename(from, to);
    });

    await expect(apply(root, ...everything)).rejects.toThrow(
      "Nothing changed. to/there.ts: is a folder",
    );
    expect(snapshot(root)).toEqual({ ...before, "to/there.ts": null });
  });

  type Operation = (...args: never[]) => Promise<unknown>;
  const { rename, link, writeFile, mkdir, chmod } = fs;
  const spied = { rename, link, writeFile, mkdir, chmod };
  const names = ["rename", "link", "writeFile", "mkdir", "chmod"] as const;

  test.for(names.flatMap((name) => [1, 2, 3, 4].map((nth) => [name, nth] as const)))(
    "%s fails the %i. time",
    async ([name, nth]) => {
      const root = tempFolder(files);
      chmodSync(join(root, "from.ts"), 0o640);
      const before = snapshot(root);
      const actual = await vi.importActual<Record<string, Operation>>("node:fs/promises");
      const original = actual[name] ?? Promise.reject;
      const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
      let count = 0;
      vi.mocked<Operation>(spied[name]).mockImplementation((...args) =>
        ++count === nth ? Promise.reject(full) : original(...args),
      );

      const outcome = await apply(root, ...everything).catch((error: Error) => error);

      const failed = count >= nth && name !== "link";
      if (!failed) {
        expect(typeof outcome).toBe("string");
        return;
      }
      expect(outcome).toMatchObject({
        message: expect.stringMatching(/^Nothing changed. \S+: the disk is full$/),
      });
      expect(snapshot(root)).toEqual(before);
      expect(statSync(join(root, "from.ts")).mode & 0o777).toBe(0o640);
    },
  );

  test("what cannot be put back is named", async () => {
    const root = tempFolder(files);
    const actual = await vi.importActual<typeof fs>("node:fs/promises");
    let count = 0;
    vi.mocked(fs.rename).mockImplementation((from, to) => {
      count++;
      return count === 1 ? actual.rename(from, to) : Promise.reject(new Error("disk gone"));
    });

    await expect(apply(root, ...everything)).rejects.toThrow(
      /^disk gone\nSome files could not be put back: .*disk gone/,
    );
  });

  test("no temporary file is left behind by success either", async () => {
    const root = tempFolder(files);

    await apply(root, ...everything);

    expect(
      readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
        name.includes(".tmp"),
      ),
    ).toEqual([]);
    expect(existsSync(join(root, "old.ts"))).toBe(false);
  });

  test("a file system without hard links works as well", async () => {
    const root = tempFolder(files);
    vi.mocked(fs.link).mockRejectedValue(Object.assign(new Error(), { code: "EPERM" }));

    await apply(root, "*** Update File: src/a.ts", "@@", "-one", "+ONE");

    expect(snapshot(root)).toEqual({ ...files, "src/a.ts": "ONE\ntwo\n" });
  });
});
