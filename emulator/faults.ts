/**
 * Failures on purpose: which request is to fail, and how. Each fault fires once unless told otherwise.
 *
 *     gh.faults.add({ method: "POST", path: /\/issues$/, nth: 3, fault: { kind: "reset-after" } });
 */

export type Fault =
  /** This answer instead of the right one; nothing was done. */
  | { kind: "answer"; status: number; headers?: Record<string, string>; body?: unknown }
  /** The connection breaks before anything was done. */
  | { kind: "reset-before" }
  /** All was done, webhooks included; the connection breaks before the answer. */
  | { kind: "reset-after" }
  /** Silence for so long; only then the work is done and answered, even if nobody listens any more. */
  | { kind: "hang"; milliseconds: number }
  /** All was done; the answer breaks off half-way. */
  | { kind: "truncate" };

export interface FaultRule {
  method?: string;
  /** Against the path below `/api/v3`. */
  path?: RegExp;
  /** Against the body as it was sent. */
  body?: RegExp;
  /** Begins with the nth request that matches; 1 when not said. */
  nth?: number;
  /** How many requests in a row; 1 when not said, Infinity for ever. */
  times?: number;
  fault: Fault;
}

export class Faults {
  readonly #rules: { rule: FaultRule; seen: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault this request is to meet, if any. Counts the request for every rule. */
  next(method: string, path: string, body = ""): Fault | null {
    let chosen: Fault | null = null;
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.path !== undefined && !rule.path.test(path)) continue;
      if (rule.body !== undefined && !rule.body.test(body)) continue;
      entry.seen += 1;
      const first = rule.nth ?? 1;
      if (entry.seen >= first && entry.seen < first + (rule.times ?? 1)) chosen ??= rule.fault;
    }
    return chosen;
  }
}
