/**
 * `follow-through similar` and `follow-through search`: what the organisation wrote down before.
 *
 *   $ follow-through similar new.md --in postmortems
 *   postmortems/2024-03-03-pool.md: Checkout hung (INC-21, SEV-1, 2024-03-03)
 *     shares order_history, pgpool, cursor
 */
import { resolve } from "node:path";
import { dateIn } from "../calendar.js";
import { AuthorProblem } from "../errors.js";
import { loadPolicy } from "../policy/load.js";
import type { Postmortem } from "../postmortem/types.js";
import { Library, SHOWN_WORDS } from "../similarity/library.js";
import { type Profile, profileOf } from "../similarity/profile.js";
import type { Store } from "../store/types.js";
import type { Terminal } from "../terminal.js";
import { currentOwners } from "../tracking/owners.js";
import { type Hit, type Query, type Searched, search } from "../tracking/search.js";
import { stateOf } from "../tracking/summary.js";
import type { Repository, TrackedDocument } from "../tracking/types.js";
import { keyOf, Libraries } from "../workflows/parts/libraries.js";
import { readDocuments, readText } from "./documents.js";
import { markdownIn } from "./folder.js";

interface Asked {
  readonly json?: boolean | undefined;
  /** What the name `-` stands for. */
  readonly input: AsyncIterable<Uint8Array>;
}

/** Which postmortems in a folder a file may be about the same as; returns the exit code, as {@link readDocuments} does. */
export async function similarInFolder(
  terminal: Terminal,
  file: string,
  options: Asked & { readonly in: string },
): Promise<number> {
  const { input, json } = options;
  const profile = profileOf(file, await readText(file, input));
  const { files, refused } = await markdownIn(options.in);
  for (const { path, why } of refused) {
    if (path === options.in) throw new AuthorProblem(`${path} ${why}.`, "Name the folder that holds the postmortems.");
    terminal.error(`${path} ${why}`);
  }
  const others = files.filter((path) => resolve(path) !== resolve(file));
  const read: { postmortem: Postmortem; profile: Profile }[] = [];
  const code = await readDocuments(terminal, others, { today: null, input }, ({ postmortem, bytes, notText }) => {
    const { path } = postmortem;
    if (notText !== null) terminal.error(`${path} ${notText}`);
    else read.push({ postmortem, profile: profileOf(path, Buffer.from(bytes).toString("utf8")) });
  });
  // By their dates, as they would have come.
  const order = ({ postmortem }: (typeof read)[number]) => `${postmortem.incident.date ?? ""} ${postmortem.path}`;
  const library = new Library();
  for (const { postmortem, profile } of read.sort((a, b) => (order(a) < order(b) ? -1 : 1)))
    library.put(postmortem.path, profile);
  const known = new Map(read.map(({ postmortem }) => [postmortem.path, postmortem]));
  for (const { key, weight } of library.like(profile, () => true)) {
    const postmortem = known.get(key);
    if (!postmortem) continue;
    const words = library.sharedWith(profile, key, SHOWN_WORDS);
    const { title, incident } = postmortem;
    if (json) terminal.printJson({ path: key, title, incident, shares: words, weight: rounded(weight) });
    else for (const line of [headOf(key, postmortem), `  shares ${words.join(", ")}`]) terminal.print(line);
  }
  return refused.length > 0 ? 2 : code;
}

/** Which postmortems of an organisation's store a file may be about the same as. Returns the exit code. */
export async function similarInStore(
  terminal: Terminal,
  store: Store,
  file: string,
  options: Asked & { readonly now: Date },
  among: readonly Repository[],
): Promise<number> {
  const profile = profileOf(file, await readText(file, options.input));
  const libraries = new Libraries();
  const ids = new Set(among.map(({ id }) => id));
  const today = dateIn("UTC", options.now);
  for (const installationId of new Set(among.map((repository) => repository.installationId))) {
    // A file of this machine is none of the store's.
    const own = { key: keyOf(0, file), profile };
    const found = await libraries.like(store, installationId, own, ({ repositoryId }) => ids.has(repositoryId));
    for (const { repositoryId, documentId, words } of found) {
      const [repository, document] = [
        among.find(({ id }) => id === repositoryId),
        await store.document(repositoryId, documentId),
      ];
      if (!repository || !document) continue;
      const items = await store.itemsOf(repositoryId, documentId);
      const open = items.filter(({ issue }) => issue?.open);
      const overdue = open.filter((item) => stateOf(item, today) === "overdue").length;
      const place = placeOf(repository, document);
      const { title, incident } = document;
      if (options.json) {
        const issues = open.flatMap(({ issue }) => issue?.number ?? []);
        terminal.printJson({ ...place, title, incident, shares: words, items: items.length, open: issues, overdue });
        continue;
      }
      terminal.print(headOf(`${place.repository} ${place.path}`, document));
      terminal.print(`  shares ${words.join(", ")}; ${open.length} of ${items.length} items open, ${overdue} overdue`);
    }
  }
  return 0;
}

/** Postmortems and action items of these repositories; returns the exit code. */
export async function searchStore(
  terminal: Terminal,
  store: Store,
  query: Query,
  options: Pick<Asked, "json"> & { readonly now: Date },
  among: readonly Repository[],
): Promise<number> {
  const today = dateIn("UTC", options.now);
  const repositories = new Map(among.map((repository) => [repository.id, repository]));
  const all: Searched[] = [];
  for (const { id, policyText } of among) {
    const { policy } = loadPolicy(policyText);
    for (const document of await store.documentsOf(id))
      if (document.removedOn === null) all.push({ document, items: await store.itemsOf(id, document.id), policy });
  }
  for (const hit of search(all, query, today)) {
    const repository = repositories.get(hit.document.repositoryId);
    if (repository) printHit(terminal, hit, repository, today, options);
  }
  return 0;
}

function printHit(
  terminal: Terminal,
  { document, item }: Hit,
  repository: Repository,
  today: string,
  { json }: Pick<Asked, "json">,
): void {
  const place = placeOf(repository, document);
  if (item === null) {
    const { title, incident } = document;
    if (json) terminal.printJson({ kind: "postmortem", ...place, title, incident });
    else terminal.print(headOf(`${place.repository} ${place.path}`, document));
    return;
  }
  const state = stateOf(item, today);
  const { title, owners, priority } = item.base;
  const has = currentOwners(item, loadPolicy(repository.policyText).policy);
  const issue = item.issue?.number ?? null;
  const assignees = item.issue?.assignees ?? [];
  if (json) {
    const facts = {
      state,
      issue,
      owners,
      assignees,
      currentOwners: has,
      due: item.due,
      priority,
      line: item.place.line,
    };
    terminal.printJson({ kind: "item", ...place, title, ...facts });
    return;
  }
  const who = has.join(", ");
  const facts = [state, who && `owner ${who}`, item.due && `due ${item.due}`].filter(Boolean).join(" · ");
  terminal.print(`${place.repository}${issue === null ? "" : `#${issue}`} ${title}`);
  terminal.print(`  ${facts} · ${place.path}`);
}

const placeOf = ({ owner, name }: Repository, { path }: TrackedDocument) => ({ repository: `${owner}/${name}`, path });

function headOf(place: string, { title, incident }: Pick<Postmortem, "title" | "incident">): string {
  const facts = [incident.id, incident.severity, incident.date].filter(Boolean).join(", ");
  return `${place}: ${title ?? "(no title)"}${facts ? ` (${facts})` : ""}`;
}

const rounded = (weight: number): number => Math.round(weight * 100) / 100;
