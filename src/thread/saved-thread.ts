import type { ResponseOutputItem } from "openai/resources/responses/responses";
import { invalidRequest } from "../errors.ts";
import { isObject } from "../stream/json.ts";
import { openCalls } from "../tools/open-calls.ts";
import type { Item, Turn } from "../turn.ts";
import { type Functions, functionNames, type GivenParts, withFunctions } from "./functions.ts";
import type { Settings } from "./settings.ts";
import type { Snapshot } from "./thread-state.ts";
import type { Mark } from "./transcript.ts";

/** A thread as JSON, for `restoreThread`. What is the same in many turns stands in it once. */
export interface SavedThread {
  readonly version: 1;
  /** What needs its functions back. */
  readonly functions: Functions;
  readonly windows: readonly (readonly Item[])[];
  readonly settings: readonly Settings[];
  readonly now: SavedMark;
  readonly past: readonly (SavedMark & { readonly turn: SavedTurn })[];
  readonly spent: Partial<Snapshot<unknown>["spent"]>;
  readonly whole: boolean;
}

/** Windows and settings by index. */
type SavedMark = Omit<Mark, "window"> & { readonly window: number; readonly settings: number };

/** Calls follow from the items, and the response's output is the items. */
type SavedTurn = Omit<Turn, "calls"> & { readonly items: readonly ResponseOutputItem[] };

export function saveThread<T>({ mark, settings, past, spent, whole }: Snapshot<T>): SavedThread {
  const windows: (readonly Item[])[] = [];
  const allSettings: Settings[] = [];
  const saveMark = (from: { mark: Mark; settings: Settings }): SavedMark => ({
    ...from.mark,
    window: windowIn(windows, from.mark),
    settings: indexIn(allSettings, from.settings),
  });
  const saved: SavedThread = {
    version: 1,
    functions: functionNames(settings),
    now: saveMark({ mark, settings }),
    past: past.map((one) => ({ ...saveMark(one), turn: saveTurn(one.turn) })),
    windows,
    settings: allSettings,
    spent,
    whole,
  };
  return JSON.parse(JSON.stringify(saved));
}

function saveTurn({ calls, ...turn }: Turn): SavedTurn {
  return { ...turn, response: { ...turn.response, output: [] } };
}

/**
 * @throws {CodexError} `invalid_request` for what is no saved thread, for one of another version,
 * and for tools or a format whose functions are not given.
 */
export function loadThread<T>(json: string | object, parts: GivenParts): Snapshot<T> {
  const saved = typeof json === "string" ? parse(json) : json;
  if (!isSaved(saved)) throw unreadable(saved);
  // Restoring must not share items with the object it was given.
  const { windows, settings, now, past, spent, whole, functions } = structuredClone(saved);
  const allSettings = settings.map((one) => withFunctions(one, functions, parts));
  const loadMark = (from: SavedMark) => {
    const { window, settings: at, length, head, known, open } = from;
    const mark = { window: windows[window] ?? [], length, head, known, open };
    const found = allSettings[at];
    if (!found) throw unreadable(saved);
    return { mark, settings: found };
  };
  return {
    ...loadMark(now),
    past: past.map((one) => ({ ...loadMark(one), turn: loadTurn<T>(one.turn) })),
    spent: { usage: spent.usage, cost: spent.cost },
    whole,
  };
}

function loadTurn<T>(saved: SavedTurn): Turn<T> {
  const { items } = saved;
  const calls = openCalls(items);
  const response = { ...saved.response, output: [...items] };
  // What the schema made of the answer came from JSON, and comes back as the JSON it is.
  return { ...saved, calls, response, parsed: saved.parsed as T };
}

/** Windows only grow, so the same item at the end of a mark means the same items before it. */
function windowIn(windows: (readonly Item[])[], { window, length }: Mark): number {
  const last = window[length - 1];
  const at = windows.findIndex((one) => length === 0 || one[length - 1] === last);
  return at < 0 ? windows.push(window.slice(0, length)) - 1 : at;
}

function indexIn<V>(list: V[], value: V): number {
  const at = list.indexOf(value);
  return at < 0 ? list.push(value) - 1 : at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSaved(value: unknown): value is SavedThread {
  if (!isObject(value) || value.version !== 1) return false;
  const lists = ["windows", "settings", "past"].every((key) => Array.isArray(value[key]));
  return lists && isObject(value.now) && isObject(value.functions) && isObject(value.spent);
}

function unreadable(saved: unknown) {
  const version = isObject(saved) ? saved.version : undefined;
  const message =
    version === undefined || version === 1
      ? "is no saved thread"
      : `was saved in version ${version} of the format, and this package reads version 1`;
  const fix = "pass what JSON.stringify(thread) gave, to the version of the package that wrote it";
  return invalidRequest([{ level: "error", path: "json", message, fix }]);
}
