/**
 * Lists of a whole repository, which GitHub may end before they end: issues after 10,000, comments after 40,000, unless its links
 * lead on by cursors. What it does not list by page is then asked for by the time it changed: the next request begins a
 * second before the last change seen, which no page number limits, and where nothing can slip through between two pages.
 * https://github.com/singer-io/tap-github/issues/61, https://github.com/josegonzalez/python-github-backup/issues/429
 */
import { Refused } from "./errors.js";
import { type Listed, type Octokit, type Page, PER_PAGE, pages, READ, type Sender, send } from "./send.js";

/** In which order, and since which change (ISO instant), a list is asked for. */
export interface Order {
  readonly sort: "created" | "updated";
  readonly direction: "asc";
  readonly since?: string;
}

interface Entry {
  readonly id: number | bigint;
  readonly updated_at: string;
}

/** A list that ends after a number of entries as round as this may have been cut there. */
const ROUND = 10_000;

/** Every entry that changed since the instant, oldest first. */
export async function whole<T extends Entry>(
  sender: Sender,
  since: string | undefined,
  fetch: (octokit: Octokit, query: Order & Page) => Promise<Listed<T>>,
): Promise<T[]> {
  // By creation: an entry updated between two pages must not push another past both.
  const byCreation = { sort: "created" as const, direction: "asc" as const, ...(since && { since }) };
  try {
    const all = await pages(sender, (octokit, page) => fetch(octokit, { ...byCreation, ...page }));
    if (all.length === 0 || all.length % ROUND > 0) return all;
  } catch (error) {
    if (!(error instanceof Refused && error.kind === "too-far")) throw error;
  }
  return byChange(sender, since, fetch);
}

async function byChange<T extends Entry>(
  sender: Sender,
  since: string | undefined,
  fetch: (octokit: Octokit, query: Order & Page) => Promise<Listed<T>>,
): Promise<T[]> {
  const found = new Map<number, T>();
  let from = since ?? new Date(0).toISOString();
  for (let page = 1; ; ) {
    const order = { sort: "updated" as const, direction: "asc" as const, since: from };
    const { data, headers } = await send(sender, READ, (octokit) =>
      fetch(octokit, { ...order, per_page: PER_PAGE, page }),
    );
    for (const entry of data) found.set(Number(entry.id), entry);
    if (!/rel="next"/.test(headers.link ?? "")) break;
    // A second back, so that it does not matter whether GitHub takes the instant in.
    const last = data.at(-1)?.updated_at;
    const next = last === undefined ? from : new Date(Date.parse(last) - 1_000).toISOString();
    if (next > from) [from, page] = [next, 1];
    else page += 1;
  }
  return [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
}
