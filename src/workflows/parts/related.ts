/** What a reader is told of the earlier postmortems that one is like: as they are now, and only what may be told in this place. */
import { addDays } from "../../calendar.js";
import { type Links, linksOf } from "../../render/links.js";
import type { Promised, Related, RelatedInput } from "../../render/similar.js";
import type { Likeness } from "../../similarity/kept.js";
import { promisedBefore } from "../../tracking/promised.js";
import { isToDo, stateOf } from "../../tracking/summary.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { mayBeNamed } from "../../tracking/visibility.js";
import type { Scene } from "./scene.js";

/** From so many in twelve months it is called a series. */
const SERIES = 3;

/** Of one earlier postmortem so many promises are named. */
const MOST_PROMISED = 3;

/** What a document brings: what is tracked of it, and the titles of its items. */
interface Own {
  readonly items: readonly TrackedItem[];
  readonly titles: readonly string[];
}

/** As kept when the document was last followed. */
export async function keptRelated(scene: Scene, document: TrackedDocument): Promise<RelatedInput> {
  const [kept] = await scene.store.profilesOf(document.repositoryId, [document.id]);
  const items = kept?.like.length ? await scene.store.itemsOf(document.repositoryId, document.id) : [];
  const titles = items.filter((item) => isToDo(item, scene.today)).map(({ base }) => base.title);
  return relatedTo(scene, document, { items, titles }, kept?.like ?? []);
}

/** What is told of these earlier postmortems where a document stands. */
export async function relatedTo(
  scene: Scene,
  { incident, unrelated = [] }: TrackedDocument,
  { items, titles }: Own,
  like: readonly Likeness[],
): Promise<RelatedInput> {
  const disowned = new Set([...unrelated, ...items.flatMap((item) => item.unrelated ?? [])]);
  const related = (await Promise.all(like.map((one) => relatedOf(scene, one, disowned, titles)))).flatMap(
    (one) => one ?? [],
  );
  const { date } = incident;
  const since = date && addDays(date, -365);
  const inYear = related.filter((one) => since !== null && one.date !== null && one.date > since).length + 1;
  return { related, nthInYear: inYear >= SERIES ? inYear : null };
}

async function relatedOf(
  scene: Scene,
  { repositoryId, documentId, words }: Likeness,
  disowned: ReadonlySet<string>,
  titles: readonly string[],
): Promise<Related | null> {
  const { store, web, today } = scene;
  // As each was last seen: another repository may have become private since the two were compared.
  const repository = repositoryId === scene.repository.id ? scene.repository : await store.repository(repositoryId);
  if (!repository || repository.lostAt !== null || repository.installationId !== scene.repository.installationId)
    return null;
  if (!mayBeNamed(repository, scene.repository)) return null;
  const document = await store.document(repositoryId, documentId);
  if (!document || document.removedOn !== null || words.length === 0) return null;
  const all = await store.itemsOf(repositoryId, documentId);
  const name = `${repository.owner}/${repository.name}`.toLowerCase();
  const numbers = [document.home, ...all.map(({ issue }) => issue?.number ?? null)].filter((number) => number !== null);
  const isHere = repositoryId === scene.repository.id;
  if (numbers.some((number) => disowned.has(`${name}#${number}`) || (isHere && disowned.has(`#${number}`))))
    return null;
  const items = all.filter(({ issue, leftOn }) => issue || leftOn === null);
  const open = items.filter((item) => isToDo(item, today));
  const overdue = open.flatMap((item) => (stateOf(item, today) === "overdue" && item.due ? [item.due] : []));
  return {
    title: document.incident.id ?? document.title ?? document.path,
    url: linksOf(web, repository).document(document),
    ref: numbers[0] === undefined ? null : `${isHere ? "" : name}#${numbers[0]}`,
    date: document.incident.date,
    words,
    items: items.length,
    open: open.length,
    overdueSince: overdue.sort()[0] ?? null,
    promised: promisedIn(open, titles, linksOf(web, repository)),
  };
}

/** The promises of these titles that were made by open items before. */
function promisedIn(open: readonly TrackedItem[], titles: readonly string[], links: Links): Promised[] {
  const followed = open.flatMap((item) => (item.issue ? [{ title: item.base.title, number: item.issue.number }] : []));
  const before = promisedBefore(
    titles,
    followed.map(({ title }) => title),
  );
  return titles
    .flatMap((title, at) => {
      const earlier = followed[before[at] ?? -1];
      return earlier ? [{ title, number: earlier.number, url: links.issue(earlier.number) }] : [];
    })
    .slice(0, MOST_PROMISED);
}
