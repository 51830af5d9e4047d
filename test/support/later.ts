/** Time that passes for this process alone: by the machine's clock and by the monotonic one, as it really does. */
import { vi } from "vitest";

/** So many milliseconds pass at once. What runs meanwhile has slept: its lease is over. */
export function pass(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
  const monotonic = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => monotonic() + milliseconds);
}

/** Undoes {@link pass}. */
export function backToNow(): void {
  vi.useRealTimers();
  vi.restoreAllMocks();
}
