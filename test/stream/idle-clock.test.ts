import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { idleClock } from "../../src/stream/idle-clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function clockOf(first: number, idle: number) {
  const expire = vi.fn();
  return { clock: idleClock(first, idle, expire), expire };
}

describe("the idle clock", () => {
  test("expires when no first event comes", () => {
    const { clock, expire } = clockOf(1004, 100);
    clock.wait();
    vi.advanceTimersByTime(1003);
    expect(expire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5);
    expect(expire).toHaveBeenCalledExactlyOnceWith("No event for 1004 ms");
  });

  test.each([
    [1000, 80],
    [80, 1000],
  ])("has one limit before the first event (%i) and one after it (%i)", (first, idle) => {
    const { clock, expire } = clockOf(first, idle);
    clock.wait();
    vi.advanceTimersByTime(50);
    clock.arrived(true);
    clock.wait();
    vi.advanceTimersByTime(idle - 1);
    expect(expire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(expire).toHaveBeenCalledExactlyOnceWith(`No event for ${idle} ms`);
  });

  test("is late by an eighth at most, and never early", () => {
    for (let at = 0; at < 200; at += 3) {
      const { clock, expire } = clockOf(80, 80);
      clock.wait();
      for (let passed = 0; passed < at; passed += 3) {
        vi.advanceTimersByTime(3);
        clock.arrived(true);
        clock.wait();
      }
      vi.advanceTimersByTime(79);
      expect(expire).not.toHaveBeenCalled();
      vi.advanceTimersByTime(11);
      expect(expire).toHaveBeenCalledOnce();
    }
  });

  test("does not count what brings no event", () => {
    const { clock, expire } = clockOf(100, 100);
    for (let i = 0; i < 16; i++) {
      clock.wait();
      vi.advanceTimersByTime(7);
      clock.arrived(false);
    }
    clock.wait();
    vi.advanceTimersByTime(8);
    expect(expire).toHaveBeenCalled();
  });

  test("stands still while nobody waits", () => {
    const { clock, expire } = clockOf(100, 100);
    clock.wait();
    clock.arrived(true);
    vi.advanceTimersByTime(10_000);
    clock.wait();
    vi.advanceTimersByTime(99);
    expect(expire).not.toHaveBeenCalled();
    clock.stop();
    vi.advanceTimersByTime(10_000);
    expect(expire).not.toHaveBeenCalled();
  });

  test("stays stopped, whoever still waits", () => {
    const { clock, expire } = clockOf(80, 80);
    clock.stop();
    clock.arrived(true);
    clock.wait();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(expire).not.toHaveBeenCalled();
  });

  test("has no limit beyond what a timer can count", () => {
    const { clock, expire } = clockOf(2 ** 31, Number.POSITIVE_INFINITY);
    clock.wait();
    clock.arrived(true);
    clock.wait();
    vi.advanceTimersByTime(10 ** 9);
    expect(expire).not.toHaveBeenCalled();
  });
});
