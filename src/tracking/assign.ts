/**
 * The assignment of the greatest gain: each of `rows` takes at most one of `columns`, and the gains of what is taken are together as
 * great as can be. The Hungarian method with potentials, https://en.wikipedia.org/wiki/Hungarian_algorithm; its time grows with
 * rows² × columns, so give the shorter side as rows.
 */

/** A pair that may be taken; `gain` is more than nothing. */
interface Option {
  readonly row: number;
  readonly column: number;
  readonly gain: number;
}

/** The options that are taken. Of equally good assignments always the same one. */
export function assign<O extends Option>(options: readonly O[]): O[] {
  return parts(options).flatMap((part) => assignPart(part));
}

/** Options that share a row or a column, directly or over others, belong together; what does not is decided by itself. */
function parts<O extends Option>(options: readonly O[]): O[][] {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let next = leader.get(at) ?? at; next !== at; next = leader.get(at) ?? at) at = next;
    leader.set(name, at);
    return at;
  };
  for (const { row, column } of options) leader.set(find(`r${row}`), find(`c${column}`));
  const groups = new Map<string, O[]>();
  for (const option of options) {
    const name = find(`r${option.row}`);
    const group = groups.get(name);
    if (group) group.push(option);
    else groups.set(name, [option]);
  }
  return [...groups.values()];
}

function assignPart<O extends Option>(options: readonly O[]): O[] {
  if (options.length <= 1) return [...options];
  const rows = [...new Set(options.map(({ row }) => row))].sort((a, b) => a - b);
  const columns = [...new Set(options.map(({ column }) => column))].sort((a, b) => a - b);
  const turned = rows.length > columns.length;
  const [short, long] = turned ? [columns, rows] : [rows, columns];
  const shortAt = new Map(short.map((name, at) => [name, at]));
  const longAt = new Map(long.map((name, at) => [name, at]));
  const gains = short.map(() => new Float64Array(long.length));
  const byPlace = new Map<string, O>();
  for (const option of options) {
    const at = shortAt.get(turned ? option.column : option.row) ?? 0;
    const there = longAt.get(turned ? option.row : option.column) ?? 0;
    const row = gains[at];
    if (row) row[there] = option.gain;
    byPlace.set(`${at} ${there}`, option);
  }
  return hungarian(gains, long.length).flatMap((there, at) => byPlace.get(`${at} ${there}`) ?? []);
}

/** For each row of `gains` the column it takes. A gain of 0 is the same as none. */
function hungarian(gains: readonly Float64Array[], width: number): number[] {
  const get = (list: Float64Array | Int32Array, at: number): number => list[at] ?? 0;
  // Rows and columns count from 1; column 0 is where the row that is being placed stands.
  const rowPotential = new Float64Array(gains.length + 1);
  const columnPotential = new Float64Array(width + 1);
  const taker = new Int32Array(width + 1);
  for (let row = 1; row <= gains.length; row++) {
    taker[0] = row;
    let column = 0;
    const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(width + 1);
    const seen = new Uint8Array(width + 1);
    do {
      seen[column] = 1;
      const placed = get(taker, column);
      const costs = gains[placed - 1] ?? new Float64Array(width);
      let [step, next] = [Number.POSITIVE_INFINITY, 0];
      for (let each = 1; each <= width; each++) {
        if (seen[each]) continue;
        const cost = -get(costs, each - 1) - get(rowPotential, placed) - get(columnPotential, each);
        if (cost < get(least, each)) {
          least[each] = cost;
          from[each] = column;
        }
        if (get(least, each) < step) [step, next] = [get(least, each), each];
      }
      for (let each = 0; each <= width; each++) {
        if (seen[each]) {
          rowPotential[get(taker, each)] = get(rowPotential, get(taker, each)) + step;
          columnPotential[each] = get(columnPotential, each) - step;
        } else least[each] = get(least, each) - step;
      }
      column = next;
    } while (get(taker, column) !== 0);
    while (column !== 0) {
      const before = get(from, column);
      taker[column] = get(taker, before);
      column = before;
    }
  }
  const taken = gains.map(() => -1);
  for (let column = 1; column <= width; column++) {
    const row = get(taker, column);
    if (row > 0) taken[row - 1] = column - 1;
  }
  return taken;
}
