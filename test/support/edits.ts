/** JSON with a part of it replaced, as somebody would who edits a marker. */

/** The path of every part, `["item", "slips", "0", "on"]`. */
export function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [...(at.length > 0 ? [at] : []), ...inside.flatMap(([key, one]) => pathsOf(one, [...at, key]))];
}

/** A copy with another value at a path. */
export function replaced(whole: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  const next = (inside: unknown) => (rest.length === 0 ? value : replaced(inside, rest, value));
  if (Array.isArray(whole)) return whole.map((one, index) => (String(index) === key ? next(one) : one));
  if (typeof whole !== "object" || whole === null) return whole;
  return Object.fromEntries(Object.entries(whole).map(([name, one]) => [name, name === key ? next(one) : one]));
}
