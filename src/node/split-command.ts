/**
 * The simple commands of a command line, innermost first. What is in quotes stays together, a
 * substitution becomes `$()`; where in doubt, it splits.
 */
export function splitCommand(line: string): string[] {
  const commands: string[] = [];
  // What is open around the current character: a quote, or `(` where commands start anew, with the
  // outer command so far.
  const open: { kind: string; before: string }[] = [];
  let current = "";
  const cut = () => {
    if (current.trim() !== "") commands.push(current.trim());
    current = "";
  };
  const enter = (kind: string, before: string) => {
    open.push({ kind, before });
    current = "";
  };
  const leave = (kind: string) => {
    cut();
    while (open.length > 0) {
      const frame = open.pop();
      current = frame?.before ?? "";
      if (frame?.kind === kind) return;
    }
  };
  for (let at = 0; at < line.length; at++) {
    const here = line[at] ?? "";
    const two = line.slice(at, at + 2);
    const inner = open.at(-1)?.kind ?? "";
    const quote = inner === "(" || inner === "`" ? "" : inner;
    if (quote === "'" || quote === "$'") {
      if (here === "'") open.pop();
      current += here;
      if (here === "\\" && quote === "$'") current += line[++at] ?? "";
    } else if (here === "\\") {
      if (two !== "\\\n") current += two;
      at++;
    } else if (here === "`") {
      if (open.some(({ kind }) => kind === "`")) leave("`");
      else enter("`", `${current}$()`);
    } else if (two === "$(" || (!quote && (two === "<(" || two === ">("))) {
      enter("(", `${current}${two})`);
      at++;
    } else if (here === '"') {
      if (quote) open.pop();
      else open.push({ kind: '"', before: "" });
      current += here;
    } else if (quote) {
      current += here;
    } else if (here === "'") {
      open.push({ kind: line[at - 1] === "$" ? "$'" : "'", before: "" });
      current += here;
    } else if (here === "#" && /^[\s;&|()]?$/.test(line[at - 1] ?? "")) {
      const end = line.indexOf("\n", at);
      at = (end < 0 ? line.length : end) - 1;
    } else if (here === "(") {
      cut();
      enter("(", "");
    } else if (here === ")") {
      if (inner === "(") leave("(");
      else cut();
    } else if (here === "&" && /(^|[^\\])[<>]$/.test(current)) {
      current += here; // `2>&1`
    } else if (/[;|&\n]/.test(here) || two === "<<") {
      cut();
    } else {
      current += here;
    }
  }
  cut();
  for (const { before } of open) if (before.trim() !== "") commands.push(before.trim());
  return commands;
}
