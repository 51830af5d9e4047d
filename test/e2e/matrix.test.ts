/**
 * The matrix: whatever becomes of postmortems on the default branch, however it is brought there, and in whatever order, late or not at all
 * it is told, the same issues stand in the end: none opened twice, none abandoned, one status comment that is true.
 */
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { inLongTests } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

type Files = Record<string, string | null>;

const WORK: Readonly<Record<string, readonly string[]>> = {
  gateway: ["Close connections on error paths", "Alert on the pool's use", "Test what happens on errors"],
  cache: ["Watch the hit rate", "Cap the size of a shard", "Update the runbook of shards"],
  queue: ["Drop poison messages", "Page on a growing backlog", "Load-test the consumers"],
  search: ["Rebuild the index nightly", "Throttle the crawler", "Drill the fail-over of replicas"],
};
const all = Object.values(WORK).flat();
const [gateway = [], cache = []] = Object.values(WORK);

const postmortem = (title: string, items: readonly string[], date = "2024-09-10"): string =>
  `# ${title}\n\n**Date:** ${date}\n\n## Action items\n\n${items.map((item) => `- [ ] ${item} - @lisa - due 2024-10-20\n`).join("")}`;
const about = (name: string, items = WORK[name] ?? []): string => postmortem(`Outage of the ${name}`, items);

interface Change {
  readonly before: Files;
  /** One change after the other, each told in the same way. */
  readonly changes: readonly Files[];
  /** Whose issues say in the end that the item, or its postmortem, is gone; nobody's where left out. */
  readonly gone?: readonly string[];
  /** What is new, and gets its own issues. */
  readonly opened?: readonly string[];
  /** What the status comment says in the end; one a home. */
  readonly status: string;
  readonly branch?: string;
}

const A = "postmortems/a.md";
const B = "postmortems/b.md";
const CURRENT = "postmortems/current.md";
const CHANGES: Readonly<Record<string, Change>> = {
  renamed: {
    before: { [A]: about("gateway") },
    changes: [{ [A]: null, "postmortems/2024/b.md": about("gateway") }],
    status: "0 of 3 action items done",
  },
  "renamed and edited": {
    before: { [A]: about("gateway") },
    changes: [{ [A]: null, "postmortems/2024/b.md": about("gateway").replace("Alert on", "Alert early on") }],
    status: "0 of 3 action items done",
  },
  "a folder of four, moved": {
    before: Object.fromEntries(Object.keys(WORK).map((name) => [`postmortems/${name}.md`, about(name)])),
    changes: [
      Object.fromEntries(
        Object.keys(WORK).flatMap((name) => [
          [`postmortems/${name}.md`, null],
          [`postmortems/2024/${name}.md`, about(name)],
        ]),
      ),
    ],
    status: "0 of 12 action items done",
  },
  "split in two": {
    before: { [A]: about("gateway", [...gateway, ...cache]) },
    changes: [{ [A]: about("gateway"), [B]: about("cache") }],
    status: "0 of 3 action items done",
  },
  "an item moved to another": {
    before: { [A]: about("gateway"), [B]: about("cache") },
    changes: [{ [A]: about("gateway", gateway.slice(1)), [B]: about("cache", [...cache, ...gateway.slice(0, 1)]) }],
    status: "0 of 6 action items done",
  },
  "an item moved to another in other words": {
    before: { [A]: about("gateway"), [B]: about("cache") },
    changes: [
      {
        [A]: about("gateway", gateway.slice(1)),
        [B]: about("cache", [...cache, "Close the connections on all error paths"]),
      },
    ],
    status: "0 of 6 action items done",
  },
  "archived under its date, and begun again": {
    before: { [CURRENT]: about("gateway") },
    changes: [{ "postmortems/2024-09-10.md": about("gateway"), [CURRENT]: about("cache") }],
    opened: cache,
    status: "0 of 3 action items done",
  },
  reverted: {
    before: { [A]: about("gateway") },
    changes: [{ [A]: null }],
    gone: gateway,
    status: "the postmortem is gone",
  },
  "reverted, and the revert reverted": {
    before: { [A]: about("gateway") },
    changes: [{ [A]: null }, { [A]: about("gateway") }],
    status: "0 of 3 action items done",
  },
  "edited after the branch was renamed": {
    before: { [A]: about("gateway") },
    changes: [{ [A]: about("gateway", [...gateway, "Rotate the keys of the gateway"]) }],
    opened: ["Rotate the keys of the gateway"],
    branch: "trunk",
    status: "0 of 4 action items done",
  },
};
const WAYS = ["merge", "squash", "rebase", "push"] as const;
const TELLINGS = ["push first", "pull first", "push alone", "pull alone", "late", "late, pull first", "lost"] as const;
type Telling = (typeof TELLINGS)[number];
const ofPush = (telling: Telling) => telling === "push first" || telling === "late" || telling === "lost";
const CELLS = Object.keys(CHANGES).flatMap((what) =>
  WAYS.flatMap((way) =>
    TELLINGS.filter((telling) => way !== "push" || ofPush(telling)).map((telling) => [what, way, telling] as const),
  ),
);
/** Each change, way and telling once at least. */
const SAMPLE = CELLS.filter((_, at) => at % 18 === 5);

const results: string[] = [];
afterAll(() => {
  const [print] = inLongTests([true], [false]);
  if (print) console.log(["| What | By | Told | Issues before | After | Twice | Abandoned |", ...results].join("\n"));
});

/** Lets the service learn of what was done, or not, as the telling has it. */
async function tell(telling: Telling, sweepAt: string): Promise<void> {
  const { webhooks } = stage.gh;
  if (telling.startsWith("late")) await stage.advanceTo(sweepAt);
  const isPull = ({ event }: { readonly event: string }) => event === "pull_request";
  webhooks.release((held) => {
    if (telling === "lost") return [];
    if (telling === "push alone") return held.filter((one) => !isPull(one));
    if (telling === "pull alone") return held.filter(({ event }) => event !== "push");
    if (telling.endsWith("pull first")) return [...held].sort((a, b) => Number(isPull(b)) - Number(isPull(a)));
    return held;
  });
  await stage.recover();
  if (!telling.startsWith("late")) await stage.advanceTo(sweepAt);
  await stage.recover();
}

it.each(inLongTests(CELLS, SAMPLE))("%s by %s, told: %s", async (what, way, telling) => {
  const change = CHANGES[what];
  if (!change) throw new Error(`no change ${what}`);
  const home = await stage.merge(change.before);
  const issues = () => stage.trackingIssues().map(({ number, title }) => `${number} ${title}`);
  const before = issues();
  let hour = 11;
  for (const files of change.changes) {
    const ada = stage.repo.as("ada");
    stage.gh.webhooks.hold();
    if (change.branch) {
      await stage.stopService();
      ada.renameDefaultBranch(change.branch);
    }
    if (way === "push") ada.pushDirect(files);
    else ada.mergePull(ada.proposeFiles(files, "Change postmortems").number, way);
    if (change.branch) await stage.startService();
    await tell(telling, `2024-09-16T${hour++}:10:00Z`);
  }
  const { opened = [], gone = [] } = change;
  const after = issues();
  const count = (title: string) => after.filter((issue) => issue.endsWith(` ${title}`)).length;
  const twice = after.length - before.length - opened.length;
  const abandoned = stage
    .trackingIssues()
    .filter(({ state, body }) => state !== "open" || /no longer stands|is gone from/.test(body ?? ""));
  results.push(`| ${[what, way, telling, before.length, after.length, twice, abandoned.length].join(" | ")} |`);
  expect(after.slice(0, before.length).map((issue) => issue.split(" ")[0])).toEqual(
    before.map((issue) => issue.split(" ")[0]),
  );
  expect(twice).toBe(0);
  expect(opened.map(count)).toEqual(opened.map(() => 1));
  expect(abandoned.map(({ title }) => title).sort()).toEqual([...gone].sort());
  expect(stage.status(home)).toContain(change.status);
  expect(all.every((title) => count(title) <= 1)).toBe(true);
  expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
});
