/** A path that is used again, as templates and drafts are: each document stays itself. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseItemMarker } from "../../src/render/marker.js";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const DRAFT = "postmortems/draft.md";
const OTHER = TABLE.replace("Cache bug", "Queue bug").replace("P1 | Watch the hit rate", "P1 | Watch the queue");

it("a document that moved on, and another at its first path, with an item of the same words: two documents, each with its issues", async () => {
  const first = await stage.merge({ [DRAFT]: TABLE });
  await stage.merge({ [DRAFT]: null, "postmortems/cache.md": TABLE });
  const second = await stage.merge({ [DRAFT]: OTHER });
  const titles = () => stage.trackingIssues().map(({ title }) => title);
  expect(titles()).toEqual(["Watch the hit rate", "Update the runbook", "Watch the queue", "Update the runbook"]);
  const [watch] = stage.trackingIssues();
  stage.repo.as("dev").closeIssue(watch?.number ?? 0);
  await stage.settle();
  expect(stage.status(first)).toContain("1 of 2 action items done");
  expect(stage.status(second)).toContain("0 of 2 action items done");

  // And so they stand again after the database was lost.
  const documents = async () =>
    (await stage.service.context.store.documentsOf(stage.repo.state.id)).map(({ id, path, home }) => ({
      id,
      path,
      home,
    }));
  const before = await documents();
  expect(before.map(({ path, home }) => [path, home])).toEqual([
    ["postmortems/cache.md", first],
    [DRAFT, second],
  ]);
  await stage.loseDatabase();
  expect(await documents()).toEqual(before);
  expect(titles()).toHaveLength(4);
  const ids = stage.trackingIssues().map(({ body }) => parseItemMarker("item", body ?? "")?.item.id);
  expect(new Set(ids).size).toBe(4);
});
