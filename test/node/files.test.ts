import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openJail } from "../../src/node/jail.ts";
import { listFiles } from "../../src/node/list-files.ts";
import { readFile } from "../../src/node/read-file.ts";
import { searchFiles } from "../../src/node/search-files.ts";
import { type Content, tempFolder } from "./temp-folder.ts";

const limit = 40_000;
const jailed = (files: Record<string, Content>) => openJail(tempFolder(files));
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join("");

describe("read_file", () => {
  test("gives a file as it is", async () => {
    const text = "a\r\n\tb 'ä😀'\n\n";

    expect(await readFile(jailed({ "a.ts": text }), { path: "a.ts" }, limit)).toBe(text);
  });

  test.for([
    [{ offset: 2, limit: 2 }, "[lines 2-3 of 5]\nline 2\nline 3\n"],
    [{ offset: 4 }, "[lines 4-5 of 5]\nline 4\nline 5\n"],
    [{ limit: 1 }, "[lines 1-1 of 5]\nline 1\n"],
    [{ offset: 5, limit: 100 }, "[lines 5-5 of 5]\nline 5\n"],
    [{ offset: 1, limit: 5 }, numbered(5)],
    [{ offset: 0, limit: 0 }, "[lines 1-1 of 5]\nline 1\n"],
    [{ offset: -3 }, numbered(5)],
  ] as const)("gives the lines of %o", async ([range, text]) => {
    const jail = jailed({ "a.txt": numbered(5) });

    expect(await readFile(jail, { path: "a.txt", ...range }, limit)).toBe(text);
  });

  test("counts a last line without an end", async () => {
    const jail = jailed({ "a.txt": "one\ntwo" });

    expect(await readFile(jail, { path: "a.txt", offset: 2 }, limit)).toBe("[lines 2-2 of 2]\ntwo");
    await expect(readFile(jail, { path: "a.txt", offset: 3 }, limit)).rejects.toThrow(
      "a.txt: has only 2 lines",
    );
  });

  test("cuts a large file to its two ends and says how to go on", async () => {
    const jail = jailed({ "big.txt": numbered(100_000) });

    const text = await readFile(jail, { path: "big.txt" }, limit);

    expect(text).toMatch(
      /^\[lines 1-100000 of 100000, cut in the middle: read fewer with offset and limit\]\nline 1\n.*…\d+ tokens truncated….*line 100000\n$/s,
    );
    expect(Buffer.byteLength(text)).toBeLessThan(limit + 200);
    expect(await readFile(jail, { path: "big.txt", offset: 50_000, limit: 2 }, limit)).toBe(
      "[lines 50000-50001 of 100000]\nline 50000\nline 50001\n",
    );
  });

  test("agrees with splitting at every place where a chunk can end", async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `${"x".repeat(at * 3)}${at}\n`);
    const jail = jailed({ "a.txt": lines.join("") });

    for (const offset of [1, 2, 150, 208, 209, 210, 295, 296, 399]) {
      expect(await readFile(jail, { path: "a.txt", offset, limit: 2 }, limit)).toBe(
        `[lines ${offset}-${offset + 1} of 400]\n${lines.slice(offset - 1, offset + 1).join("")}`,
      );
    }
  });

  test("one line larger than the limit is cut too", async () => {
    const jail = jailed({ "min.js": "x".repeat(1_000_000) });

    const text = await readFile(jail, { path: "min.js" }, limit);

    expect(text).toMatch(/^\[lines 1-1 of 1, cut.*\]\nx+\n…\d+ tokens truncated…\nx+$/);
  });

  test("refuses what is no text and says what is empty", async () => {
    const jail = jailed({ "logo.png": Uint8Array.of(0x89, 0x50, 0, 0), empty: "", "folder/": "" });

    await expect(readFile(jail, { path: "logo.png" }, limit)).rejects.toThrow(
      "logo.png: is a binary file of 4 bytes",
    );
    expect(await readFile(jail, { path: "empty" }, limit)).toBe("[empty is empty]");
    await expect(readFile(jail, { path: "folder" }, limit)).rejects.toThrow("folder: is a folder");
    await expect(readFile(jail, { path: "none" }, limit)).rejects.toThrow("none: does not exist");
    await expect(readFile(jail, { path: "../x" }, limit)).rejects.toThrow(
      "outside of the workspace",
    );
  });

  test("stops when aborted", async () => {
    const jail = jailed({ "a.txt": "a" });

    await expect(
      readFile(jail, { path: "a.txt" }, limit, AbortSignal.abort()),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});

const tree = {
  ".git/config": "",
  ".github/ci.yml": "",
  "README.md": "",
  "link.md": { to: "README.md" },
  "node_modules/a/index.js": "",
  "src/a.ts": "",
  "src/deep/b.ts": "",
  "src/deep/node_modules/c.ts": "",
  "empty/": "",
};

describe("list_files", () => {
  test("lists everything but .git and node_modules, and says so", async () => {
    expect(await listFiles(jailed(tree), {}, limit)).toBe(
      [
        ".github/",
        ".github/ci.yml",
        "README.md",
        "empty/",
        "link.md (symlink)",
        "src/",
        "src/a.ts",
        "src/deep/",
        "src/deep/b.ts",
        "[skipped: .git, node_modules, src/deep/node_modules]",
      ].join("\n"),
    );
  });

  test.for([
    [{ depth: 1, path: "src" }, "src/a.ts\nsrc/deep/"],
    [
      { glob: "*.ts" },
      "src/a.ts\nsrc/deep/b.ts\n[skipped: .git, node_modules, src/deep/node_modules]",
    ],
    [{ glob: "src/*.ts", path: "src" }, "src/a.ts\n[skipped: src/deep/node_modules]"],
    [{ glob: "deep/*", path: "src" }, "src/deep/b.ts\n[skipped: src/deep/node_modules]"],
    [{ glob: "*.rs", path: "src/deep" }, "[no file matches]\n[skipped: src/deep/node_modules]"],
    [{ path: "node_modules" }, "node_modules/a/\nnode_modules/a/index.js"],
    [{ path: "empty" }, "[empty is empty]"],
  ] as const)("%o gives %j", async ([args, text]) => {
    expect(await listFiles(jailed(tree), args, limit)).toBe(text);
  });

  test("does not follow symlinks out of the root or in circles", async () => {
    const folder = tempFolder({
      "secret/key": "",
      "app/out": { to: "../secret" },
      "app/me": { to: "." },
    });
    const jail = openJail(join(folder, "app"));

    expect(await listFiles(jail, {}, limit)).toBe("me (symlink)\nout (symlink)");
    await expect(listFiles(jail, { path: "out" }, limit)).rejects.toThrow(
      "leads out of the workspace",
    );
    await expect(listFiles(jail, { path: "x" }, limit)).rejects.toThrow("x: does not exist");
  });

  test("of too many files gives the upper levels first", async () => {
    const root = tempFolder({ "z/y.txt": "" });
    mkdirSync(join(root, "a"));
    for (let n = 0; n < 300; n++) writeFileSync(join(root, "a", `file-${n}.txt`), "");

    const text = await listFiles(openJail(root), {}, 200);

    expect(text.split("\n").slice(-2)).toEqual([
      "z/",
      "[the first 15; there are more: narrow with path, depth or glob]",
    ]);
    expect(text.split("\n")[0]).toBe("a/");
  });

  test("points out that a file is no folder", async () => {
    await expect(listFiles(jailed(tree), { path: "README.md" }, limit)).rejects.toThrow(
      "README.md: is a file, not a folder",
    );
  });
});

const code = {
  "src/a.ts": "const one = 1;\nconst two = 2;\r\n",
  "src/b.test.ts": "test('one');\n",
  "docs/one.md": "# One\nOne is one.",
  "node_modules/x/index.js": "const one = 1;",
  "logo.png": Uint8Array.of(0x6f, 0x6e, 0x65, 0),
  "link.ts": { to: "src/a.ts" },
};

describe("search_files", () => {
  const nothing = "[no line matches]";

  test.for([
    [
      { pattern: "\\bone\\b", path: "src" },
      "src/a.ts:1:const one = 1;\nsrc/b.test.ts:1:test('one');",
    ],
    [
      { pattern: "const \\w+ = [12];$", path: "src/a.ts" },
      "src/a.ts:1:const one = 1;\nsrc/a.ts:2:const two = 2;",
    ],
    [{ pattern: "one", path: "src", glob: "*.test.ts" }, "src/b.test.ts:1:test('one');"],
    [{ pattern: "one", path: "src", glob: "src/a.*" }, "src/a.ts:1:const one = 1;"],
    [{ pattern: "(?i)^# ONE", path: "docs" }, "docs/one.md:1:# One"],
    [{ pattern: "^# ONE", path: "docs" }, nothing],
    [{ pattern: "\\-|One is", path: "docs" }, "docs/one.md:2:One is one."],
    [{ pattern: "one.*\\n", path: "src" }, nothing],
  ] as const)("%o gives %j", async ([args, text]) => {
    expect(await searchFiles(jailed(code), args, limit)).toBe(text);
  });

  test("searches the whole root without binaries, symlinks and node_modules", async () => {
    expect(await searchFiles(jailed(code), { pattern: "one" }, limit)).toBe(
      [
        "docs/one.md:2:One is one.",
        "src/a.ts:1:const one = 1;",
        "src/b.test.ts:1:test('one');",
        "[skipped: node_modules]",
      ].join("\n"),
    );
  });

  test("returns in time from a pattern that takes for ever, with what it had found", async () => {
    const jail = jailed({ "a.txt": "aaaa\n", "b.txt": `${"a".repeat(50)}!\n`, "c.txt": "aaaa\n" });
    const began = performance.now();

    const text = await searchFiles(jail, { pattern: "^(a+)+$" }, limit, undefined, 700);

    expect(text).toBe(
      "a.txt:1:aaaa\n[stopped at b.txt after 0.7 s: simplify the pattern, or narrow path or glob]",
    );
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test("does not block the event loop meanwhile", async () => {
    const jail = jailed({ "b.txt": `${"a".repeat(50)}!\n` });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);

    await searchFiles(jail, { pattern: "^(a+)+$" }, limit, undefined, 600);
    clearInterval(timer);

    expect(ticks).toBeGreaterThan(15);
  });

  test("stops when aborted", async () => {
    const jail = jailed({ "b.txt": `${"a".repeat(50)}!\n` });
    const reason = new Error("enough");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 200);

    await expect(searchFiles(jail, { pattern: "^(a+)+$" }, limit, controller.signal)).rejects.toBe(
      reason,
    );
  });

  test("bounds the number and the length of lines", async () => {
    const jail = jailed({
      "a.txt": "needle\n".repeat(10_000),
      "z.txt": `${"x".repeat(5_000)}needle${"y".repeat(5_000)}`,
    });

    const many = await searchFiles(jail, { pattern: "needle", path: "a.txt" }, 200);
    const long = await searchFiles(jail, { pattern: "needle", path: "z.txt" }, limit);

    expect(many).toMatch(
      /^(a\.txt:\d+:needle\n){13}\[the first 13; there are more: narrow the pattern, path or glob\]$/,
    );
    expect(long).toBe(`z.txt:1:…${"x".repeat(50)}needle${"y".repeat(244)}…`);
  });

  test("tells that a pattern is none, or a path leads out", async () => {
    const jail = jailed(code);

    await expect(searchFiles(jail, { pattern: "a(b" }, limit)).rejects.toThrow(
      /^pattern: Invalid regular expression: .*To search for plain text, escape/,
    );
    await expect(searchFiles(jail, { pattern: "a", path: "../" }, limit)).rejects.toThrow(
      "outside of the workspace",
    );
    await expect(searchFiles(jail, { pattern: "a", path: "none" }, limit)).rejects.toThrow(
      "none: does not exist",
    );
  });

  test("passes over pipes and files that are too large", async () => {
    const root = tempFolder({ "a.txt": "needle", "huge.txt": Buffer.alloc(10_000_001, "x") });
    execFileSync("mkfifo", [join(root, "pipe")]);

    expect(await searchFiles(openJail(root), { pattern: "needle" }, limit)).toBe(
      "a.txt:1:needle\n[skipped: huge.txt (over 10 MB)]",
    );
  });

  test("is fast enough for a real tree", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, n) => [`d${n % 30}/f${n}.ts`, numbered(200)]),
    );
    const jail = jailed(files);
    const began = performance.now();

    const text = await searchFiles(jail, { pattern: "^line 199$", glob: "d1/*" }, limit);
    await searchFiles(jail, { pattern: "^no such line$" }, limit);

    expect(text.split("\n")).toHaveLength(50);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
