/**
 * The V4A envelope in Lark, for the `grammar` of a custom tool. Every hunk opens with `@@` and
 * changes something. Terminals are bounded, lines are not: a long one is several `PART`s.
 */
export const applyPatchGrammar: string = String.raw`start: "*** Begin Patch\n" file+ "*** End Patch" "\n"?
file: "*** Add File: " PATH add* | "*** Delete File: " PATH | "*** Update File: " PATH (hunk+ | "*** Move to: " PATH hunk*)
hunk: ("@@" text)+ same* edit (same | edit)* "*** End of File\n"?
edit: add | "-" text
add: "+" text
same: " " text
text: PART* "\n"
PATH: /[^\s\/\\][^\n]{0,400}\n/
PART: /[^\n]{1,200}/
`;
