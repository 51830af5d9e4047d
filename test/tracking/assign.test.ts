/** The assignment is the best there is, held against all there are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign } from "../../src/tracking/assign.js";

interface Option {
  readonly row: number;
  readonly column: number;
  readonly gain: number;
}

const gainOf = (taken: readonly Option[]): number => taken.reduce((sum, { gain }) => sum + gain, 0);

/** The greatest gain of all assignments, each tried. */
function best([first, ...others]: readonly Option[]): number {
  if (!first) return 0;
  const free = others.filter(({ row, column }) => row !== first.row && column !== first.column);
  return Math.max(best(others), first.gain + best(free));
}

const option = fc.record({ row: fc.nat(5), column: fc.nat(5), gain: fc.integer({ min: 1, max: 20 }) });
const options = fc.uniqueArray(option, { maxLength: 14, selector: ({ row, column }) => `${row} ${column}` });

describe("assign", () => {
  it("takes what gains most together, and each row and column once", () => {
    fc.assert(
      fc.property(options, (all) => {
        const taken = assign(all);
        expect(all).toEqual(expect.arrayContaining(taken));
        expect(new Set(taken.map(({ row }) => row)).size).toBe(taken.length);
        expect(new Set(taken.map(({ column }) => column)).size).toBe(taken.length);
        expect(gainOf(taken)).toBe(best(all));
        expect(assign(all)).toEqual(taken);
      }),
    );
  });

  it("gives up the best pair where two others are better together", () => {
    const taken = assign([
      { row: 0, column: 0, gain: 5 },
      { row: 0, column: 1, gain: 4 },
      { row: 1, column: 0, gain: 4 },
    ]);
    expect(taken.map(({ row, column }) => [row, column]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});
