import { openCalls } from "../tools/open-calls.ts";
import type { Call, Item, Turn } from "../turn.ts";

/** Where a transcript stood: enough to go on from there. */
export interface Mark {
  /** Shared with later marks: items are only ever appended to a window. */
  readonly window: readonly Item[];
  readonly length: number;
  /** The response to continue from; none where the whole window must go up. */
  readonly head: string | undefined;
  /** How many items of the window that response contains. */
  readonly known: number;
  readonly open: readonly Call[];
}

/** The items of a thread, in order and as they crossed the wire. They are only ever appended to. */
export class Transcript {
  #window: Item[];
  #head: string | undefined;
  #known: number;
  #open: readonly Call[];
  #before: Mark | undefined;
  /** How long the new window was: what follows before it has proved itself are answers. */
  #replaced = 0;
  #toolItems: readonly Item[];

  constructor({ window, length, head, known, open }: Mark) {
    this.#window = window.slice(0, length);
    this.#toolItems = this.#window.filter(bringsTools);
    this.#head = head;
    this.#known = known;
    this.#open = open;
  }

  get items(): readonly Item[] {
    return this.#window;
  }

  get head(): string | undefined {
    return this.#head;
  }

  /** The calls nobody has answered. */
  get open(): readonly Call[] {
    return this.#open;
  }

  /** The items that brought tools the first request did not have. */
  get toolItems(): readonly Item[] {
    return this.#toolItems;
  }

  /** The items that no response contains yet. */
  get unsent(): readonly Item[] {
    return this.#window.slice(this.#known);
  }

  /** Whether a compaction has not proved itself by a turn yet. */
  get onTrial(): boolean {
    return this.#before !== undefined;
  }

  mark(): Mark {
    return {
      window: this.#window,
      length: this.#window.length,
      head: this.#head,
      known: this.#known,
      open: this.#open,
    };
  }

  /** The calls that would be open once `items` follow. */
  openAfter(items: readonly Item[]): Call[] {
    return openCalls([...this.#open, ...items]);
  }

  /** Appends outputs of open calls: they stay true whatever becomes of the next turn. */
  answer(outputs: readonly Item[]): void {
    this.#open = this.openAfter(outputs);
    this.#append(outputs);
  }

  /** Appends what a finished turn was asked and what it said. */
  commit(added: readonly Item[], turn: Turn): void {
    this.#append(added);
    this.#append(turn.items);
    this.#known = this.#window.length;
    this.#head = turn.id;
    // An async call of an earlier turn may still be open.
    this.#open = [...this.#open, ...turn.calls];
    this.#before = undefined;
  }

  /** Goes on in a new window. The old one is kept until a turn has answered the new one. */
  replaceWindow(items: readonly Item[], head?: string): void {
    this.#before ??= this.mark();
    this.#window = [...items];
    this.#replaced = items.length;
    this.#head = head;
    this.#known = head ? items.length : 0;
  }

  /** The new window holds: the old one need not be kept. */
  accept(): void {
    this.#before = undefined;
  }

  /** Back to the window before a replacement that did not hold, with what was answered since. */
  restoreWindow(): void {
    if (!this.#before) return;
    const { window, length, head, known } = this.#before;
    const answered = this.#window.slice(this.#replaced);
    this.#window = [...window.slice(0, length), ...answered];
    this.#head = head;
    this.#known = known;
    this.#before = undefined;
  }

  #append(items: readonly Item[]): void {
    for (const item of items) this.#window.push(item);
    const found = items.filter(bringsTools);
    if (found.length > 0) this.#toolItems = [...this.#toolItems, ...found];
  }
}

function bringsTools({ type }: Item): boolean {
  return type === "tool_search_output" || type === "additional_tools";
}
