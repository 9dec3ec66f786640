import { describe, expect, test, vi } from "vitest";
import { settle } from "../../src/tools/settle.ts";

describe("settle", () => {
  test("returns what the work returns or resolves to", async () => {
    expect(await settle(() => 1)).toBe(1);
    expect(await settle(async () => 2)).toBe(2);
  });

  test("returns what the work throws as an error", async () => {
    const error = new Error("x");

    expect(
      await settle(() => {
        throw error;
      }),
    ).toBe(error);
    expect(await settle(() => Promise.reject(error))).toBe(error);
    expect(await settle(() => Promise.reject("text"))).toEqual(new Error("text"));
    expect(await settle(() => Promise.reject(undefined))).toEqual(new Error("(no output)"));
    expect(await settle(() => Promise.reject({ code: 1 }))).toEqual(new Error('{"code":1}'));
  });

  test("ends when the time is up, and tells the work", async () => {
    let seen: AbortSignal | undefined;
    const result = await settle(
      (signal) => {
        seen = signal;
        return new Promise(() => {});
      },
      undefined,
      5,
    );

    expect(result).toEqual(new DOMException("timed out after 5 ms", "TimeoutError"));
    expect(seen?.reason).toBe(result);
  });

  test("ends when the outer signal aborts, and tells the work", async () => {
    const outer = new AbortController();
    let seen: AbortSignal | undefined;
    const result = settle((signal) => {
      seen = signal;
      return new Promise(() => {});
    }, outer.signal);
    outer.abort();

    expect(await result).toEqual(new DOMException("aborted by user", "AbortError"));
    expect(seen?.reason).toBe(await result);
  });

  test("does not start under a signal that is aborted already", async () => {
    const work = vi.fn();

    expect(await settle(work, AbortSignal.abort())).toMatchObject({ name: "AbortError" });
    expect(work).not.toHaveBeenCalled();
  });

  test("does not mind work that fails after it was given up", async () => {
    const result = await settle(
      (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(new Error("late"))),
        ),
      undefined,
      1,
    );

    expect(result).toMatchObject({ name: "TimeoutError" });
  });

  test("leaves no timer and no listener behind", async () => {
    vi.useFakeTimers();
    const outer = new AbortController();
    const added = vi.spyOn(outer.signal, "addEventListener");
    const removed = vi.spyOn(outer.signal, "removeEventListener");
    await settle(() => 1, outer.signal, 1000);

    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});
