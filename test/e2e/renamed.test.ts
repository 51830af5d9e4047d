/** Postmortems that are renamed or moved keep their issues, in whatever order their going and coming are told, or not told at all. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { another, GATEWAY } from "../fixtures/documents.js";
import { inLongTests } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

/** The service sweeps each hour. */
const NEXT_SWEEP = "2024-09-16T11:30:00Z";
const SERVICES = ["gateway", "cache", "queue", "search"];
type Files = Record<string, string | null>;

/** A postmortem of a service, of an incident and with an item of its own. */
const about = (service: string, text = GATEWAY): string =>
  another(text, service).replace("Write a runbook for the pool", `Write a runbook for the ${service}`);
const edited = (service: string): string => about(service).replace("Look at the other", "Look hard at all the other");

/** What stood before, what the change makes of it, and where its first document stands then. */
const CHANGES: Readonly<Record<string, { before: Files; change: Files; path: string }>> = {
  renamed: {
    before: { "postmortems/a.md": about("gateway") },
    change: { "postmortems/a.md": null, "postmortems/2024/b.md": about("gateway") },
    path: "postmortems/2024/b.md",
  },
  "renamed and edited": {
    before: { "postmortems/a.md": about("gateway") },
    change: { "postmortems/a.md": null, "postmortems/2024/b.md": edited("gateway") },
    path: "postmortems/2024/b.md",
  },
  "a folder of four, moved": {
    before: Object.fromEntries(SERVICES.map((name) => [`postmortems/${name}.md`, about(name)])),
    change: Object.fromEntries(
      SERVICES.flatMap((name) => [
        [`postmortems/${name}.md`, null],
        [`postmortems/2024/${name}.md`, about(name)],
      ]),
    ),
    path: "postmortems/2024/gateway.md",
  },
};
const WAYS = ["merge", "squash", "rebase", "push"] as const;
const TOLD = {
  "both told": [],
  "the push alone told": ["pull_request"],
  "the pull request alone told": ["push"],
  "nothing told": ["pull_request", "push"],
} as const;

const CELLS = Object.keys(CHANGES).flatMap((what) =>
  WAYS.flatMap((way) => Object.entries(TOLD).map(([told, dropped]) => [what, way, told, dropped] as const)),
);
/** Each change, way and telling once at least. */
const SAMPLE = CELLS.filter((_, at) => at % 11 === 0);

async function make(files: Files, way: (typeof WAYS)[number]): Promise<void> {
  const ada = stage.repo.as("ada");
  if (way === "push") ada.pushDirect(files);
  else ada.mergePull(ada.proposeFiles(files, "Change postmortems").number, way);
  await stage.settle();
}

it.each(inLongTests(CELLS, SAMPLE))("%s by %s, %s", async (what, way, _, dropped) => {
  const { before, change, path } = CHANGES[what] ?? { before: {}, change: {}, path: "" };
  const pull = await stage.merge(before);
  const issues = stage.trackingIssues().map(({ number, title }) => `${number} ${title}`);
  stage.gh.webhooks.drop = ({ event }) => dropped.some((one) => one === event);
  await make(change, way);
  stage.gh.webhooks.drop = () => false;
  await stage.recover();
  await stage.advanceTo(NEXT_SWEEP);
  await stage.recover();
  const after = stage.trackingIssues();
  expect(after.map(({ number }) => number)).toEqual(issues.map((issue) => Number(issue.split(" ")[0])));
  expect(after.every(({ state, body }) => state === "open" && !body?.includes("no longer"))).toBe(true);
  const documents = Object.keys(before).length;
  expect(stage.status(pull)).toContain(path);
  expect(stage.status(pull)).toContain(`${documents} of ${documents * 5} action items done`);
});
