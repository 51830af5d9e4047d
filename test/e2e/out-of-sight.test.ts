/**
 * Issues that nobody can read any more once the database is lost too: deleted, transferred, or robbed of their marker. That they were
 * opened stands in the status comment besides, so none is opened again, and what became of each is told.
 */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createComment } from "../../emulator/changes/comments.js";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
  stage.gh.repository("acme/elsewhere", { members: { ada: "write" } });
  home = await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { numberOf, writes } = commenting(() => stage);
const ada = () => stage.repo.as("ada");

/** As a copy of the App that knew nothing of the first wrote it. */
function secondStatus(): void {
  const { world } = stage.gh;
  const on = stage.repo.issue(home);
  createComment(world, stage.repo.state, on, world.app.bot, stage.status(home));
}
const statuses = () => stage.repo.comments(home).filter(({ body }) => body.includes("follow-through:status"));

it.each(["kept", "lost"])("two status comments become the oldest at the next sweep, database %s", async (database) => {
  const [first] = statuses();
  await stage.advanceTo("2024-09-16T10:10:00Z");
  secondStatus();
  expect(statuses()).toHaveLength(2);
  if (database === "lost") await loseDatabase();
  stage.repo.as("lisa").closeIssue(numberOf("runbook"));
  await stage.advanceTo("2024-09-16T11:10:00Z");
  await stage.recover();
  expect(statuses().map(({ id }) => id)).toEqual([first?.id]);
  expect(stage.status(home)).toContain("1 of 2 action items done");
  const quiet = stage.gh.requests.length;
  await stage.advanceTo("2024-09-16T12:10:00Z");
  expect(writes(quiet)).toEqual([]);
});

/** How an issue is lost to the App; what is told of its item then, after it was open, and after it was closed. */
const LOSSES = {
  deleted: { lose: (number: number) => ada().deleteIssue(number), open: "👻 Issue is gone", closed: "✅ Done" },
  transferred: {
    lose: (number: number) => void ada().transferIssue(number, "acme/elsewhere"),
    open: "👻 Issue is gone",
    closed: "✅ Done",
  },
  "robbed of its marker": {
    lose: (number: number) => ada().editIssueBody(number, "Nothing of the App"),
    open: "⚪ Open",
    closed: "✅ Done",
  },
} as const;
type Loss = keyof typeof LOSSES;
const WHICH = { "the first": ["hit rate"], "the last": ["runbook"], all: ["hit rate", "runbook"] } as const;
const CELLS = (Object.keys(LOSSES) as Loss[]).flatMap((loss) =>
  (Object.keys(WHICH) as (keyof typeof WHICH)[]).flatMap((which) =>
    (["open", "closed"] as const).flatMap((state) =>
      (["told", "untold"] as const).map((told) => [which, state, loss, told] as const),
    ),
  ),
);

async function loseDatabase(): Promise<void> {
  await stage.stopService();
  rmSync(stage.dataDir, { recursive: true });
  await stage.startService();
  await stage.recover();
}

sampled(it, 4).each(CELLS)(
  "%s issue, %s, is %s, which is %s, and the database is lost: nothing is opened twice",
  async (which, state, loss, told) => {
    const numbers = WHICH[which].map(numberOf);
    if (state === "closed") for (const number of numbers) stage.repo.as("lisa").closeIssue(number);
    await stage.settle();
    if (told === "untold") await stage.stopService();
    for (const number of numbers) LOSSES[loss].lose(number);
    if (told === "told") await stage.settle();
    await loseDatabase();
    await stage.advanceTo("2024-09-16T11:05:00Z");
    await stage.advanceTo("2024-09-16T12:05:00Z");

    const quiet = stage.gh.requests.length;
    await stage.advanceTo("2024-09-16T13:05:00Z");
    expect(writes(quiet)).toEqual([]);
    const row = (number: number) =>
      stage
        .status(home)
        .split("\n")
        .find((line) => line.includes(`/issues/${number})`));
    for (const number of numbers) expect(row(number)).toContain(LOSSES[loss][state]);
    const opened = stage.gh.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/issues"));
    expect(opened).toHaveLength(2);

    // The document goes on: its other items are followed, and those are not opened again either.
    await stage.merge({ [PATH]: TABLE.replace("2024-10-25", "2024-10-27").replace("hit rate", "hit rate of all") });
    await stage.recover();
    for (const number of numbers) expect(row(number)).toContain(LOSSES[loss][state]);
    expect(stage.gh.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/issues"))).toHaveLength(
      2,
    );
  },
);
