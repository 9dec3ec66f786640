import { cut, type Failure } from "./failure.ts";
import { decode, type Frame, frame, isTerminal } from "./frame.ts";
import { frameParser } from "./frame-parser.ts";
import { framesOfBody } from "./whole-body.ts";

const noEnd = cut("The stream ended before the response did");

/** The frames of one response, in order, until the terminal one or a failure. */
export class FrameQueue {
  #parser = this.#newParser();
  #frames: Frame[] = [];
  #at = 0;
  #closing = false;
  /** Nothing more will arrive; frames may still wait. */
  ended = false;
  failure: Failure | undefined;
  /** Whether somebody looks at every frame. */
  isRead = false;
  /** Sees every frame first; those it says no to are dropped. */
  keep: ((frame: Frame) => boolean) | undefined;

  /** The next frame, if one waits. */
  shift(): Frame | undefined {
    const frame = this.#frames[this.#at];
    if (!frame) return undefined;
    // An array that is popped keeps its room for the next chunk.
    if (this.#frames.length === 1) return this.#frames.pop();
    if (++this.#at === this.#frames.length) {
      this.#frames = [];
      this.#at = 0;
    }
    return frame;
  }

  /** The frames that wait, but for the first `from`, without taking them. */
  waiting(from = 0): readonly Frame[] {
    return this.#frames.slice(this.#at + from);
  }

  /** Takes a chunk in; says whether it brought a frame. */
  feed(chunk: Uint8Array | string): boolean {
    const before = this.#frames.length;
    this.#parser.feed(chunk);
    return this.#frames.length > before;
  }

  /** The source is at its end: takes in what it still held, and says why that is too little. */
  finish(): Failure {
    const parser = this.#parser;
    this.#closing = true;
    parser.end();
    this.#closing = false;
    this.restart();
    if (parser.body === undefined) return noEnd;
    const { frames, failure } = framesOfBody(parser.body);
    for (const each of frames) this.#push(each);
    return failure;
  }

  /** Another source goes on from here: half an event of the last one is forgotten. */
  restart(): void {
    this.#parser = this.#newParser();
  }

  /** This frame is no event: what came after it counts for nothing. */
  reject({ data }: Frame): undefined {
    const message = `The stream holds what is no event: ${data.slice(0, 80)}`;
    this.#frames = [];
    this.#at = 0;
    this.ended = true;
    this.failure = { kind: "invalid_event", message };
  }

  /** The first reason counts. */
  end(failure?: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = failure;
  }

  #newParser() {
    return frameParser((data, name) => {
      if (data === "[DONE]") return this.end(noEnd);
      const next = data && frame(data, name, this.isRead);
      // At the end, half an event is a cut, not an event.
      if (next && !(this.#closing && !decode(next))) this.#push(next);
    });
  }

  /** What comes after the terminal event is none of the response's, whatever the socket does. */
  #push(frame: Frame): void {
    if (this.ended || this.keep?.(frame) === false) return;
    this.#frames.push(frame);
    if (frame.type === "error" || isTerminal(frame.type)) this.end();
  }
}
