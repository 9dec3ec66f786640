import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  ResponseCustomToolCall,
  ResponseFunctionToolCall,
  Tool,
} from "openai/resources/responses/responses";
import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  type ApprovalRequest,
  type Workspace,
  type WorkspaceOptions,
  workspace,
} from "../../src/node/index.ts";
import { parsePatch } from "../../src/patch/parse-patch.ts";
import { runCalls } from "../../src/tools/run-calls.ts";
import { tools } from "../../src/tools/tools.ts";
import type { Call } from "../../src/turn.ts";
import { tempFolder } from "./temp-folder.ts";

afterEach(() => vi.unstubAllEnvs());

let calls = 0;
const fn = (name: string, args: object): ResponseFunctionToolCall => ({
  type: "function_call",
  call_id: `call_${++calls}`,
  name,
  arguments: JSON.stringify(args),
});
const shell = (command: string, more: object = {}) => fn("shell_command", { command, ...more });
const patches = (...lines: string[]): ResponseCustomToolCall => ({
  type: "custom_tool_call",
  call_id: `call_${++calls}`,
  name: "apply_patch",
  input: ["*** Begin Patch", ...lines, "*** End Patch"].join("\n"),
});

/** What the model reads. */
async function outputs(space: Workspace, ...made: Call[]): Promise<unknown[]> {
  const items = await runCalls(made, space.tools, { approve: () => true });
  return items.map((item) => ("output" in item ? item.output : item));
}

test("gives five tools that a request takes as they are", () => {
  const root = tempFolder();
  const space = workspace(root);
  const { tools: list } = tools(space.tools, {
    allow: ["shell_command", "apply_patch", "read_file"],
  });

  expect(space.root).toBe(root);
  expect(list.map((tool) => ("name" in tool ? tool.name : tool.type))).toEqual([
    "shell_command",
    "apply_patch",
    "read_file",
    "list_files",
    "search_files",
  ]);
  expect(JSON.parse(JSON.stringify(list))).toEqual(
    JSON.parse(JSON.stringify(workspace(root).tools)),
  );
  expectTypeOf(space.tools[2].name).toEqualTypeOf<"read_file">();
  expectTypeOf([...space.tools]).toExtend<Tool[]>();
  // @ts-expect-error a misspelt option is a compile error
  workspace(root, { timeout: 1 });
});

test("the built-in wire sends the API's own types and runs them", async () => {
  const root = tempFolder();
  const space = workspace(root, { wire: "builtin" });

  expect(space.tools.map((tool) => tool.type)).toEqual([
    "shell",
    "apply_patch",
    "function",
    "function",
    "function",
  ]);
  const made: Call[] = [
    {
      type: "apply_patch_call",
      id: "apc_1",
      call_id: "call_a",
      status: "completed",
      operation: { type: "create_file", path: "a.txt", diff: "+one\n" },
    },
    {
      type: "shell_call",
      id: "sh_1",
      call_id: "call_b",
      status: "completed",
      environment: null,
      action: { commands: ["cat a.txt", "exit 2"], timeout_ms: null, max_output_length: null },
    },
  ];
  expect(await runCalls(made, space.tools)).toEqual([
    {
      type: "apply_patch_call_output",
      call_id: "call_a",
      status: "completed",
      output: "A a.txt (+1)",
    },
    {
      type: "shell_call_output",
      call_id: "call_b",
      output: [
        { stdout: "one\n", stderr: "", outcome: { type: "exit", exit_code: 0 } },
        { stdout: "", stderr: "", outcome: { type: "exit", exit_code: 2 } },
      ],
    },
  ]);
});

test("the file tools work on the root and run side by side", async () => {
  const root = tempFolder({ "src/a.ts": "const one = 1;\n", "README.md": "hi" });
  const space = workspace(root);

  expect(
    await outputs(
      space,
      fn("read_file", { path: "src/a.ts", offset: null, limit: null }),
      fn("list_files", { path: null, depth: null, glob: null }),
      fn("search_files", { pattern: "o.e", path: null, glob: "*.ts" }),
      fn("read_file", { path: "../../etc/passwd", offset: null, limit: null }),
    ),
  ).toEqual([
    "const one = 1;\n",
    "README.md\nsrc/\nsrc/a.ts",
    "src/a.ts:1:const one = 1;",
    "Error: ../../etc/passwd: is outside of the workspace",
  ]);
});

describe("the shell", () => {
  test("runs at the root, or in a folder within it", async () => {
    const root = tempFolder({ "src/": "", file: "", out: { to: ".." } });
    const run = (workdir?: string) => outputs(workspace(root), shell("pwd", { workdir }));

    expect(await run()).toEqual([`Exit code: 0\n${root}\n`]);
    expect(await run("src")).toEqual([`Exit code: 0\n${root}/src\n`]);
    expect(await run(join(root, "src"))).toEqual([`Exit code: 0\n${root}/src\n`]);
    expect(await run("")).toEqual([`Exit code: 0\n${root}\n`]);
    expect(await run("..")).toEqual(["Error: ..: is outside of the workspace"]);
    expect(await run("/")).toEqual(["Error: /: is outside of the workspace"]);
    expect(await run("out")).toEqual(["Error: out: a symlink leads out of the workspace"]);
    expect(await run("none")).toEqual(["Error: none: does not exist"]);
    expect(await run("file")).toEqual(["Error: file: is no folder to run a command in"]);
  });

  test("passes no secret on, and what the user adds", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-secret");
    vi.stubEnv("GITHUB_TOKEN", "ghp-secret");
    const space = workspace(tempFolder(), { env: { CI: "1" } });

    const [text] = await outputs(space, shell("env"));

    expect(text).toMatch(/^CI=1$/m);
    expect(text).toMatch(/^PATH=/m);
    expect(text).not.toContain("secret");
  });

  test("refuses what the rules refuse, and says why", async () => {
    const root = tempFolder();
    const space = workspace(root, { allow: ["echo", "touch"], deny: [/touch b/] });

    expect(await outputs(space, shell("echo a"), shell("touch a; ls"), shell("touch b"))).toEqual([
      "Exit code: 0\na\n",
      "Error: Not run: the rules of this workspace allow `echo`, `touch`, and not `ls`.",
      "Error: Not run: the rules of this workspace deny /touch b/.",
    ]);
    expect(existsSync(join(root, "a"))).toBe(false);
  });

  test.for([
    [{}, 300],
    [{ timeout_ms: 60_000 }, 300],
    [{ timeout_ms: 100 }, 100],
    [{ timeout_ms: 0 }, 300],
  ] as const)(
    "stops a command by the call's limit, at most by its own (%o)",
    async ([more, ms]) => {
      const space = workspace(tempFolder(), { timeoutMs: 300 });
      const began = performance.now();

      expect(await outputs(space, shell("echo a; sleep 1000", more))).toEqual(["Timed out\na\n"]);
      expect(performance.now() - began).toBeGreaterThanOrEqual(ms - 5);
      expect(performance.now() - began).toBeLessThan(8_000);
    },
  );

  test("cuts the output to the limit in tokens", async () => {
    const [text] = await outputs(workspace(tempFolder()), shell("seq 100000"));
    const [short] = await outputs(
      workspace(tempFolder(), { maxOutputTokens: 100 }),
      shell("seq 100000"),
    );

    expect(String(text).length).toBeGreaterThan(39_000);
    expect(String(text).length).toBeLessThan(40_100);
    expect(short).toMatch(/^Exit code: 0\n1\n2\n.*\n…147\d\d\d tokens truncated…\n.*\n100000\n$/s);
    expect(String(short).length).toBeLessThan(450);
  });

  test("is stopped by the signal of the run", async () => {
    const root = tempFolder();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);

    const [item] = await runCalls([shell("sleep 0.6; touch late")], workspace(root).tools, {
      signal: controller.signal,
    });
    await new Promise((resolve) => setTimeout(resolve, 800));

    expect(item).toMatchObject({ output: expect.stringContaining("aborted") });
    expect(existsSync(join(root, "late"))).toBe(false);
  });
});

describe("a patch", () => {
  test("changes files, and one that fails is answered with file, line and nearest match", async () => {
    const root = tempFolder({ "a.ts": "one\ntwo\n", "b.ts": "const total = sum(list);\n" });
    const space = workspace(root);
    const first = ["*** Update File: a.ts", "@@", "-one", "+ONE"];

    const [failed] = await outputs(
      space,
      patches(...first, "*** Update File: b.ts", "@@", "-const total = sum(lists);", "+x"),
    );
    expect(failed).toMatch(/^Error: Nothing changed\. b\.ts:\d+: .*const total = sum\(list\);/s);
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe("one\ntwo\n");

    expect(await outputs(space, patches(...first, "*** Add File: c.ts", "+c"))).toEqual([
      "M a.ts (+1 -1)\nA c.ts (+1)",
    ]);
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe("ONE\ntwo\n");
  });

  test.for(["../evil.ts", "/tmp/evil.ts", "out/evil.ts"])("to %s is refused", async (path) => {
    const root = tempFolder({ out: { to: ".." } });

    const [text] = await outputs(workspace(root), patches(`*** Add File: ${path}`, "+x"));

    expect(text).toMatch(/^Error: .*[Nn]othing changed/);
    expect(existsSync(join(root, "../evil.ts"))).toBe(false);
  });
});

describe("approve", () => {
  const calledFor = () => [
    shell("echo a", { workdir: "." }),
    shell("sudo id"),
    patches("*** Add File: a.ts", "+a"),
    fn("read_file", { path: "a.ts", offset: null, limit: null }),
  ];

  /** Which calls somebody was asked about. */
  async function asked(approve: WorkspaceOptions["approve"]): Promise<number[]> {
    const space = workspace(tempFolder(), {
      deny: ["sudo"],
      ...(approve !== undefined && { approve }),
    });
    const made: Call[] = calledFor();
    const found: number[] = [];
    await runCalls(made, space.tools, {
      approve: (call) => {
        found.push(made.indexOf(call));
        return true;
      },
    });
    return found;
  }

  test("true asks for commands and patches, but not for what will not run or only reads", async () => {
    expect(await asked(true)).toEqual([0, 2]);
    expect(await asked(false)).toEqual([]);
    expect(await asked(undefined)).toEqual([]);
  });

  test("as a function decides call by call and sees what is to happen", async () => {
    const requests: ApprovalRequest[] = [];
    const found = await asked(async (request) => {
      requests.push(request);
      return request.tool === "apply_patch";
    });

    expect(found).toEqual([2]);
    expect(requests).toEqual([
      {
        tool: "shell",
        command: "echo a",
        workdir: ".",
        call: expect.objectContaining({ name: "shell_command" }),
      },
      {
        tool: "apply_patch",
        patch: parsePatch("*** Begin Patch\n*** Add File: a.ts\n+a\n*** End Patch"),
        call: expect.objectContaining({ name: "apply_patch" }),
      },
    ]);
  });

  test("a call nobody consents to does nothing", async () => {
    const root = tempFolder();
    const space = workspace(root, { approve: true });

    const items = await runCalls([shell("touch a"), patches("*** Add File: b", "+b")], space.tools);

    expect(items).toMatchObject([
      { output: expect.stringMatching(/^Error: /) },
      { output: expect.stringMatching(/^Error: /) },
    ]);
    expect([existsSync(join(root, "a")), existsSync(join(root, "b"))]).toEqual([false, false]);
  });
});

test("tells all wrong limits at once, and a root that is none", () => {
  expect(() => workspace(tempFolder(), { timeoutMs: 0, maxOutputTokens: Number.NaN })).toThrow(
    expect.objectContaining({
      kind: "invalid_request",
      problems: [
        {
          level: "error",
          path: "timeoutMs",
          message: "0 is no limit",
          fix: "pass a positive number",
        },
        {
          level: "error",
          path: "maxOutputTokens",
          message: "NaN is no limit",
          fix: "pass a positive number",
        },
      ],
    }),
  );
  expect(() => workspace("/no/such/folder")).toThrow("root: /no/such/folder is no folder");
});

test("an empty root is not the current folder, and rules are lists", () => {
  expect(() => workspace("")).toThrow(expect.objectContaining({ kind: "invalid_request" }));
  const rules = { deny: "git push" } as unknown as { deny: string[] };
  expect(() => workspace(".", rules)).toThrow(/deny: is no list — pass \[git push\]/);
});
