import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { locate, openFile, openJail } from "../../src/node/jail.ts";
import { tempFolder } from "./temp-folder.ts";

describe("inside", () => {
  test.for([
    [".", "."],
    ["", "."],
    ["a.ts", "a.ts"],
    ["./src//b.ts", "src/b.ts"],
    ["src/../a.ts", "a.ts"],
    ["new/deep/file.ts", "new/deep/file.ts"],
    ["..a/..b", "..a/..b"],
  ] as const)("%s is %s", async ([path, name]) => {
    const root = tempFolder({ "a.ts": "", "src/b.ts": "" });

    expect(await locate(openJail(root), path)).toEqual({
      name,
      entry: join(root, name),
      real: join(root, name),
    });
  });

  test("an absolute path within the root is one of its own", async () => {
    const root = tempFolder({ "src/b.ts": "" });

    expect(await locate(openJail(root), join(root, "src/b.ts"))).toMatchObject({
      name: "src/b.ts",
    });
  });

  test("a root that is a symlink is followed, and both its names are known", async () => {
    const folder = tempFolder({ "real/a.ts": "", link: { to: "real" } });
    const jail = openJail(join(folder, "link"));
    const place = {
      name: "a.ts",
      entry: join(folder, "real/a.ts"),
      real: join(folder, "real/a.ts"),
    };

    expect(await locate(jail, "a.ts")).toEqual(place);
    expect(await locate(jail, join(folder, "link/a.ts"))).toEqual(place);
    expect(await locate(jail, join(folder, "real/a.ts"))).toEqual(place);
  });

  test("symlinks that stay within the root are followed, and the entry stays the link", async () => {
    const root = tempFolder({
      "src/a.ts": "",
      "file.ts": { to: "src/a.ts" },
      "lib/up": { to: "../src" },
    });
    const jail = openJail(root);

    expect(await locate(jail, "file.ts")).toEqual({
      name: "file.ts",
      entry: join(root, "file.ts"),
      real: join(root, "src/a.ts"),
    });
    expect(await locate(jail, "lib/up/new/b.ts")).toEqual({
      name: "src/new/b.ts",
      entry: join(root, "src/new/b.ts"),
      real: join(root, "src/new/b.ts"),
    });
  });
});

describe("outside", () => {
  test.for(["..", "../x", "a/../../x", "/etc/passwd", "/", "~root/../../x", "..//"])(
    "%s is refused",
    async (path) => {
      const root = tempFolder({ a: "" });

      await expect(locate(openJail(root), path)).rejects.toThrow(
        `${path}: is outside of the workspace`,
      );
    },
  );

  test("a neighbor whose name begins like the root is refused", async () => {
    const folder = tempFolder({ "app/a": "", "app-secret/key": "" });

    await expect(
      locate(openJail(join(folder, "app")), join(folder, "app-secret/key")),
    ).rejects.toThrow("is outside of the workspace");
  });

  test.for([
    ["a symlink to a file", "file-link"],
    ["a symlink to a folder", "folder-link"],
    ["a file behind a symlink to a folder", "folder-link/key"],
    ["a new file behind a symlink to a folder", "folder-link/new/file"],
    ["an absolute symlink", "absolute-link"],
    ["a symlink by way of another", "chain"],
    ["a symlink to the folder above", "up/app/../secret/key"],
  ] as const)("%s is refused", async ([, path]) => {
    const folder = tempFolder({
      "secret/key": "KEY",
      "app/file-link": { to: "../secret/key" },
      "app/folder-link": { to: "../secret" },
      "app/absolute-link": { to: "/etc/passwd" },
      "app/chain": { to: "folder-link/key" },
      "app/up": { to: ".." },
    });

    const name = path === "up/app/../secret/key" ? "up/secret/key" : path;
    await expect(locate(openJail(join(folder, "app")), name)).rejects.toThrow(
      `${name}: a symlink leads out of the workspace`,
    );
  });

  test("a dangling symlink is refused, since writing to it would create its target", async () => {
    const folder = tempFolder({ "app/out": { to: "../secret" }, "app/in": { to: "nothing" } });
    const jail = openJail(join(folder, "app"));

    await expect(locate(jail, "out")).rejects.toThrow("out: is a symlink to nothing");
    await expect(locate(jail, "in")).rejects.toThrow("in: is a symlink to nothing");
    await expect(locate(jail, "out/x")).rejects.toThrow("out/x: is a symlink to nothing");
  });

  test("circles, files used as folders and NUL have clear answers", async () => {
    const jail = openJail(tempFolder({ circle: { to: "circle" }, file: "" }));

    await expect(locate(jail, "circle")).rejects.toThrow(
      "circle: is a symlink, or symlinks lead in a circle",
    );
    await expect(locate(jail, "file/x")).rejects.toThrow(
      "file/x: a part of the path is a file, not a folder",
    );
    await expect(locate(jail, "a\0b")).rejects.toThrow("A path cannot contain a NUL character.");
    await expect(locate(jail, "x".repeat(300))).rejects.toThrow("the name is too long");
  });
});

test.for(["missing", "file"])("a root that is %s is refused at once", (name) => {
  const root = join(tempFolder({ file: "" }), name);

  expect(() => openJail(root)).toThrow(
    expect.objectContaining({
      kind: "invalid_request",
      problems: [
        {
          level: "error",
          path: "root",
          message: `${root} is no folder`,
          fix: "pass a folder that exists",
        },
      ],
    }),
  );
});

describe("opening", () => {
  test("refuses what is no regular file, and does not wait for a pipe", async () => {
    const root = tempFolder({ "folder/": "" });
    execFileSync("mkfifo", [join(root, "pipe")]);
    const jail = openJail(root);
    const open = async (path: string) => openFile(await locate(jail, path));

    await expect(open("folder")).rejects.toThrow("folder: is a folder");
    await expect(open("pipe")).rejects.toThrow("pipe: is no regular file");
    await expect(open("missing")).rejects.toThrow("missing: does not exist");
  });

  test("refuses a file that was swapped for a symlink after the check", async () => {
    const root = tempFolder({ "file.ts": "" });
    const place = await locate(openJail(root), "file.ts");
    rmSync(join(root, "file.ts"));
    symlinkSync("/etc/passwd", join(root, "file.ts"));

    await expect(openFile(place)).rejects.toThrow("file.ts: is a symlink");
    rmSync(join(root, "file.ts"));
    writeFileSync(join(root, "file.ts"), "back");
    const { file, size } = await openFile(place);
    await file.close();
    expect(size).toBe(4);
  });
});
