/** Somebody whom a person took off an item's issue: nothing that says who has the item names them any more. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { withoutMarkers } from "../../src/render/marker.js";
import { followThrough } from "../cli/command.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const DOCUMENT = `# Cache outage

**Date:** 2024-09-10

## Action items

- Watch the hit rate of every cache node - @Dev (due 2024-09-18)
- Write the runbook for a cold start - Lisa R. (due 2024-09-18)
- Alert on evictions - @ada (due 2024-12-18)
`;
const GONE = /\b(?:dev|lisa)\b/i;

const number = (title: string) => stage.trackingIssues().find((one) => one.title.includes(title))?.number ?? 0;

/** Everything that stands on GitHub, in the App's words. */
const onGitHub = () =>
  [
    ...stage.repo.issues.map(({ title, body }) => [title, body ?? ""] as const),
    ...[...stage.repo.state.comments.values()].map(({ issue, body }) => [`on ${issue.title}`, body] as const),
  ].map(([where, text]) => [where, withoutMarkers(text)] as const);

const run = async (...args: string[]) => {
  const { code, out } = await followThrough(args, {
    cwd: stage.dataDir,
    env: { ...stage.gh.environment, DATA_DIR: stage.dataDir },
  });
  expect(code).toBe(0);
  return out;
};

it("is named in status comment, issues, nudges, asks, digest, report and search no more, also after the database was lost", async () => {
  await stage.merge({ ".github/follow-through.yml": 'owners: { "Lisa R.": ["@lisa"] }\n' });
  await stage.merge({ "postmortems/cache.md": DOCUMENT });
  stage.repo.as("ada").unassign(number("hit rate"), "dev");
  stage.repo.as("ada").unassign(number("runbook"), "lisa");
  await stage.settle();
  await stage.loseDatabase();
  for (const day of ["2024-09-24", "2024-09-30", "2024-10-01"]) await stage.advanceTo(`${day}T09:05:00Z`);
  const said = onGitHub();
  expect(said.some(([where]) => where.startsWith("Weekly digest"))).toBe(true);
  expect(said.some(([, text]) => text.includes("lack an owner"))).toBe(true);
  for (const [where, text] of said) expect(text, where).not.toMatch(GONE);

  await stage.stopService();
  const texts = {
    search: await run("search", "cache"),
    words: await run("search", "hit", "rate"),
    items: await run("report", "--items"),
    table: await run("report", "--by", "owner"),
    csv: await run("report", "--by", "owner", "--format", "csv"),
    markdown: await run("report", "--by", "owner", "--format", "markdown"),
    html: (await run("report", "--by", "owner", "--format", "html")).replace(/<style>[\s\S]*?<\/style>/g, ""),
  };
  for (const [what, text] of Object.entries(texts)) expect(text, what).not.toMatch(GONE);
  expect(texts.words).toContain("Watch the hit rate");
  expect(await run("search", "--owner", "dev")).toBe("");
  expect(await run("search", "--owner", "ada")).toContain("Alert on evictions");
  const lines = (await run("report", "--items", "--format", "json")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line)).map(({ owners, currentOwners }) => [owners, currentOwners])).toEqual([
    [["Dev"], []],
    [["Lisa R."], []],
    [["ada"], ["ada"]],
  ]);
});
