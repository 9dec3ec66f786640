/**
 * Compiles a glob: `*` and `?` within a name, `**` over folders, `[a-z]`, `{a,b}`. Without a `/` it
 * is matched against the last name of a path alone, as `rg -g` does. Takes time proportional to
 * pattern times path, whatever the pattern.
 */
export function glob(pattern: string): (path: string) => boolean {
  const globs = braces(pattern.replace(/^\.?\//, "")).map((each) => each.split("/"));
  const nameOnly = !pattern.includes("/");
  return (path) => {
    const names = path.split("/");
    const tested = nameOnly ? names.slice(-1) : names;
    return globs.some((parts) => matchStars(parts, tested, "**", matchName));
  };
}

function matchName(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\[[!^]?\]?[^\]]*\]|\\.|./gsu) ?? [];
  return matchStars(tokens, [...name], "*", matchCharacter);
}

function matchCharacter(token: string, character: string): boolean {
  if (token === "?") return true;
  if (token.length > 2 && token.startsWith("[")) return inClass(token.slice(1, -1), character);
  return token.replace(/^\\(?=.)/u, "") === character;
}

function inClass(members: string, character: string): boolean {
  const negated = /^[!^]/.test(members);
  const list = [...(negated ? members.slice(1) : members)];
  for (let at = 0; at < list.length; at++) {
    const from = list[at] ?? "";
    const to = list[at + 1] === "-" ? list[at + 2] : undefined;
    if (to === undefined ? character === from : from <= character && character <= to) {
      return !negated;
    }
    if (to !== undefined) at += 2;
  }
  return negated;
}

/** Whether all of `texts` match, where `star` stands for any number of them. Never backtracks past the last star. */
function matchStars(
  pattern: readonly string[],
  texts: readonly string[],
  star: string,
  matches: (part: string, text: string) => boolean,
): boolean {
  let part = 0;
  let text = 0;
  let lastStar = -1;
  let resume = 0;
  while (text < texts.length) {
    const want = pattern[part];
    if (want === star) {
      lastStar = part++;
      resume = text;
    } else if (want !== undefined && matches(want, texts[text] ?? "")) {
      part++;
      text++;
    } else if (lastStar >= 0) {
      part = lastStar + 1;
      text = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(part).every((want) => want === star);
}

/** Expands the innermost braces first; more than 100 alternatives stay as they are. */
function braces(pattern: string): string[] {
  let done = [pattern];
  for (;;) {
    const next = done.flatMap((each) => {
      const group = /\{([^{}]*,[^{}]*)\}/.exec(each);
      if (!group) return [each];
      const before = each.slice(0, group.index);
      const after = each.slice(group.index + group[0].length);
      return (group[1] ?? "").split(",").map((choice) => before + choice + after);
    });
    if (next.length > 100 || next.length === done.length) return done;
    done = next;
  }
}
