/** Markers that people edited so that they cannot be: said in the log, never a stop, nothing opened twice. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseItemMarker } from "../../src/render/marker.js";
import { TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

const PATH = "postmortems/cache.md";

let stage: Stage;
let pull: number;
beforeEach(async () => {
  stage = await Stage.start();
  pull = await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const first = () => {
  const [issue] = stage.trackingIssues();
  if (!issue) throw new Error("no tracking issue");
  return issue;
};

/** Edits what the App wrote, as a person would who changes its source. */
const edit = (from: string, to: string) => {
  for (const written of [...stage.repo.state.issues.values(), ...stage.repo.state.comments.values()]) {
    if (!written.viaApp) continue;
    const body = (written.body ?? "").replace(/<!-- follow-through:.* -->/g, (marker) => marker.replaceAll(from, to));
    written.body = body;
  }
};

const loseDatabase = async () => {
  await stage.loseDatabase();
};

const IMPOSSIBLE = ["2024-02-31", "9999999-01-01", "+010000-01", "NaN", ""];

describe("a day that cannot be", () => {
  sampled(it, 2).each(IMPOSSIBLE)("%j, in the marker of an issue: the next write repairs it", async (day) => {
    const before = first().body;
    const edited = before
      ?.replace('"due":"2024-09-17"', `"due":"${day}"`)
      .replace('"openedOn":"2024-09-16"', `"openedOn":"${day}"`);
    expect(edited).not.toBe(before);
    stage.repo.as("dev").editIssueBody(first().number, edited ?? "");
    await stage.settle();
    expect(first().body?.replaceAll("\r", "")).toBe(before?.replaceAll("\r", ""));
  });

  sampled(it, 2).each(IMPOSSIBLE)(
    "%j, everywhere, after the database was lost: each item keeps its issue, and its date is asked again",
    async (day) => {
      await stage.advanceTo("2024-09-23T09:05:00Z");
      const issues = stage.trackingIssues().length;
      for (const one of ["2024-09-17", "2024-09-16", "2024-09-23", "2024-09-10"]) edit(`"${one}"`, `"${day}"`);
      await loseDatabase();
      await stage.advanceTo("2024-09-30T09:05:00Z");
      await stage.recover();
      const { store } = stage.service.context;
      expect(await store.work.deadLetters()).toEqual([]);
      expect(stage.trackingIssues()).toHaveLength(issues);
      const items = await store.openItems(stage.repo.state.id);
      expect(items.map(({ due }) => due)).toEqual(["2024-09-17", "2024-09-24"]);
      expect(stage.status(pull)).toContain("0 of 2 action items done, 2 overdue");
      expect(parseItemMarker("item", first().body ?? "")).toMatchObject({ edited: false, item: { due: "2024-09-17" } });
      // The week's digest was posted, and whoever is late was asked.
      const said = [...stage.repo.state.comments.values()].filter(({ viaApp }) => viaApp).map(({ body }) => body);
      expect(said.filter((body) => body.includes("### Action items on Mon 30 Sep 2024"))).toHaveLength(1);
      expect(said.filter((body) => body.includes("follow-through:nudge")).length).toBeGreaterThan(1);
    },
  );
});

it("a marker that is beyond repair holds up nothing: the others are followed, and its document too", async () => {
  edit('"id":', '"id":7,"was":');
  await loseDatabase();
  await stage.merge({ "postmortems/other.md": TABLE.replaceAll("Watch", "Count") });
  await stage.advanceTo("2024-09-30T09:05:00Z");
  await stage.recover();
  expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
  expect(stage.trackingIssues().map(({ title }) => title)).toContain("Count the hit rate");
});
