import { isObject, parseJson } from "./json.ts";

type Json = Record<string, unknown>;

/** How the events of a run are written: alike, but for the values of a few keys. */
interface Pattern {
  readonly event: Json;
  /** The keys whose values change, in the order they are written. */
  readonly keys: readonly string[];
  /** What is written before, between and after those values. */
  readonly texts: readonly string[];
  /** Keys of empty lists: each event has its own. */
  readonly lists: readonly string[];
}

const changing = ["sequence_number", "delta", "obfuscation"];
const member = /\s*[{,]\s*"(\w+)"\s*:\s*(\d+(?=\s*[,}])|"(?:[^"\\]|\\.)*"|\[\]|null|true|false)/gy;
const none = Symbol();
/** A longer event is no delta of a run, and the regular expressions would be slow on it. */
const longest = 1000;
/** So many patterns in a row that did not help, and no more are made of this item. */
const patience = 3;
const quote = 34;
const zero = 48;
const backslash = 92;

/**
 * `JSON.parse` for the events of a stream: a delta that is written like those before it, but for its
 * number and its text, is copied from the last one, which takes about half the time.
 */
export function deltaReader(): (data: string) => unknown {
  let pattern: Pattern | undefined;
  let missed: unknown = none;
  let tries = 0;
  return (data) => {
    const isShort = data.length < longest;
    const copy = isShort && pattern && copied(pattern, data);
    if (copy) {
      missed = none;
      return copy;
    }
    const json = parseJson(data);
    if (isShort && isObject(json) && "delta" in json) {
      // Only a run is worth learning, not deltas of items that take turns.
      if (json.item_id !== missed) tries = 0;
      else if (tries++ < patience) pattern = patternOf(data, json) ?? pattern;
      missed = json.item_id;
    }
    return json;
  };
}

/** `undefined` for an event that is nested, or written in a way that JSON rarely is. */
function patternOf(data: string, event: Json): Pattern | undefined {
  const keys: string[] = [];
  const texts: string[] = [];
  const lists: string[] = [];
  let from = 0;
  let end = 0;
  let members = 0;
  for (const [text, key = "", value = ""] of data.matchAll(member)) {
    members++;
    end += text.length;
    if (value === "[]") lists.push(key);
    if (changing.includes(key) && /^["\d]/.test(value)) {
      keys.push(key);
      texts.push(data.slice(from, end - value.length));
      from = end;
    }
  }
  texts.push(data.slice(from));
  // A key that is written twice counts once.
  const isWhole = data.slice(end).trim() === "}" && members === Object.keys(event).length;
  return isWhole ? { event: { ...event }, keys, texts, lists } : undefined;
}

/** The event, when it fits the pattern: the same one that `JSON.parse` gives. */
function copied({ event, keys, texts, lists }: Pattern, data: string): Json | undefined {
  const copy = { ...event };
  let at = 0;
  for (let i = 0; i < keys.length; i++) {
    const text = texts[i] ?? "";
    if (data.slice(at, at + text.length) !== text) return undefined;
    at += text.length;
    let value: unknown;
    if (data.charCodeAt(at) === quote) {
      let end = data.indexOf('"', at + 1);
      value = plain(data, at + 1, end);
      if (value === undefined) {
        while (data.charCodeAt(end - 1) === backslash) end = data.indexOf('"', end + 1);
        value = parseJson(data.slice(at, end + 1));
      }
      at = end + 1;
    } else {
      const from = at;
      let number = 0;
      for (let code = data.charCodeAt(at); isDigit(code); code = data.charCodeAt(++at)) {
        number = number * 10 + code - zero;
      }
      // Past 15 digits it would not be exact, and JSON has no number that begins with zeros.
      if (at - from > 15 || number === 0 || data.charCodeAt(from) === zero) return undefined;
      value = number;
    }
    if (value === undefined) return undefined;
    copy[keys[i] ?? ""] = value;
  }
  if (data.slice(at) !== texts[keys.length]) return undefined;
  for (const list of lists) copy[list] = [];
  return copy;
}

function isDigit(code: number): boolean {
  return code >= zero && code < zero + 10;
}

/** Text without escapes, in pieces that are copies: a longer one would keep all of `data` in memory. */
function plain(data: string, from: number, to: number): string | undefined {
  if (to > from + 24 || to < from) return undefined;
  const text = data.slice(from, Math.min(to, from + 12));
  if (!isPlain(text)) return undefined;
  if (to <= from + 12) return text;
  const rest = data.slice(from + 12, to);
  return isPlain(rest) ? text + rest : undefined;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === backslash) return false;
  }
  return true;
}
