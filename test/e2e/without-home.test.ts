/**
 * A document that was pushed directly has no status comment, so its issues' markers are its only record beside the database: what they give
 * back once that is lost, and what they do not (docs/design.md, "Markers").
 */
import { afterEach, beforeEach, expect, it } from "vitest";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const { watch, numberOf, write, writes } = commenting(() => stage);
const MOVED = "postmortems/2024/cache.md";
/** Who was left alone, and so until when, GitHub shows again when somebody is next due for a nudge; `written` is checked by that nothing is written. */
const AGAIN: ReadonlySet<string> = new Set(["spared", "nextNudgeOn", "written"]);

async function known() {
  const { store } = stage.service.context;
  const documents = await store.documentsOf(stage.repo.state.id);
  const items = await Promise.all(documents.map(({ id }) => store.itemsOf(stage.repo.state.id, id)));
  const comparable = (one: object) => Object.fromEntries(Object.entries(one).filter(([key]) => !AGAIN.has(key)));
  return { documents, items: items.flat().map(comparable) };
}

async function push(files: Record<string, string | null>): Promise<void> {
  stage.repo.as("ada").pushDirect(files);
  await stage.settle();
}

it("its documents and items are the same after the database was lost, and nothing is opened or said again", async () => {
  await push({ [PATH]: TABLE });
  await push({ [PATH]: null, [MOVED]: TABLE.replace("2024-10-25", "2024-10-28") });
  await write(watch(), "dev", "/due 2024-09-19 the vendor is late");
  await write(numberOf("runbook"), "lisa", "/snooze 2024-09-27");
  stage.repo.as("ada").assign(watch(), "ada");
  stage.repo.as("ada").unassign(numberOf("runbook"), "lisa");
  await stage.settle();
  for (const day of ["2024-09-20", "2024-09-23"]) await stage.advanceTo(`${day}T09:05:00Z`);
  const before = await known();
  expect(before.documents).toMatchObject([{ firstPath: PATH, path: MOVED, home: null }]);
  expect(before.items).toHaveLength(2);
  const from = stage.gh.requests.length;
  await stage.loseDatabase();
  expect(await known()).toEqual(before);
  // The digest alone is renewed: it no longer knows who was left alone.
  const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.number;
  expect(writes(from).filter(({ path }) => !path.endsWith(`/issues/${digest}`))).toEqual([]);
});

it("one whose items were all closed, or left it, is known too", async () => {
  await push({ [PATH]: TABLE });
  stage.repo.as("dev").closeIssue(watch(), "not_planned");
  await stage.settle();
  await push({ [PATH]: TABLE.replace(/\n\|[^\n]*runbook[^\n]*/, "") });
  const before = await known();
  await stage.loseDatabase();
  expect(await known()).toEqual(before);
  expect(stage.trackingIssues()).toHaveLength(2);
});

it("an issue that was deleted tells nothing: with the database it stays gone, without it is opened again, once", async () => {
  await push({ [PATH]: TABLE });
  const number = watch();
  stage.repo.as("ada").deleteIssue(number);
  await stage.settle();
  await push({ [PATH]: `${TABLE}\nThe end.\n` });
  expect(stage.trackingIssues()).toHaveLength(1);
  await stage.loseDatabase();
  expect(stage.trackingIssues()).toHaveLength(2);
  await stage.loseDatabase();
  await push({ [PATH]: `${TABLE}\nThe very end.\n` });
  expect(stage.trackingIssues()).toHaveLength(2);
});
