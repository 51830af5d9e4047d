/**
 * The lives of items: what people do to the issue, and then to the document, however the service is told of it. In the end no issue was opened
 * twice, nobody was unassigned whom it was not told to, and what stands there is so; and it stays so when the database is lost.
 */
import { afterEach, beforeEach, expect, it } from "vitest";
import { commenting } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let hour: number;
beforeEach(async () => {
  stage = await Stage.start();
  stage.gh.repository("acme/elsewhere", { members: { ada: "write" } });
  hour = 10;
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const WATCH = "Watch the hit rate of every cache node";
const cache = (...items: string[]) =>
  `# Cache outage\n\n**Date:** 2024-09-10\n\n## Action items\n\n${items.map((item) => `- [ ] ${item}\n`).join("")}- [ ] Write the runbook - @lisa - due 2024-10-25\n`;
const watch = (words = WATCH, owner = "dev", due = "2024-10-10") => `${words} - @${owner} - due ${due}`;

const { writes } = commenting(() => stage);
const TELLINGS = ["push first", "pull request first", "sweep only"] as const;
type Telling = (typeof TELLINGS)[number];

async function change(text: string, telling: Telling): Promise<void> {
  const ada = stage.repo.as("ada");
  stage.gh.webhooks.hold();
  ada.mergePull(ada.proposeFiles({ [PATH]: text }, "Change the postmortem").number);
  const isPull = ({ event }: { readonly event: string }) => event === "pull_request";
  stage.gh.webhooks.release((held) => {
    if (telling === "sweep only") return [];
    return telling === "pull request first" ? [...held].sort((a, b) => Number(isPull(b)) - Number(isPull(a))) : held;
  });
  await stage.settle();
  await stage.advanceTo(`2024-09-16T${hour++}:10:00Z`);
  await stage.recover();
}

/** The issue of the first item, by what it was opened as. */
const FIRST = 2;
const issue = (number = FIRST) => {
  const { title, state, stateReason, assignees } = stage.repo.issue(number);
  return { title, state, stateReason, assignees: assignees.map(({ login }) => login).sort() };
};
const by = (login: string) => stage.repo.as(login);

interface Life {
  /** What people do to the issue first. */
  readonly hand?: () => unknown;
  /** The texts of the document after that, one after the other. */
  readonly texts: readonly string[];
  /** How many issues there are in the end, and what is true of the first item's. */
  readonly issues: number;
  readonly first?: Partial<ReturnType<typeof issue>>;
  /** What the status comment says besides. */
  readonly says?: readonly string[];
  /** What it does not say. */
  readonly keeps?: readonly string[];
}

const [WARMER, WARMEST] = [
  "Watch the hit rate of each cache node",
  "Watch the hit rate of each of the cache nodes, by shard",
];
const LIVES: Readonly<Record<string, Life>> = {
  "split in two": {
    texts: [
      cache(watch("Watch the hit rate of every node"), "Cap the size of a shard of the cache - @lisa - due 2024-10-10"),
    ],
    issues: 3,
    first: { state: "open", assignees: ["dev"] },
    says: ["0 of 3 action items done"],
  },
  "reworded twice in one day": {
    texts: [cache(watch(WARMER)), cache(watch(WARMEST))],
    issues: 2,
    first: { title: WARMEST, state: "open", assignees: ["dev"] },
    says: ["0 of 2 action items done"],
  },
  "given to somebody else by hand, and by the document to a third": {
    hand: () => {
      by("ada").unassign(FIRST, "dev");
      by("ada").assign(FIRST, "ada");
    },
    texts: [cache(watch(WATCH, "lisa"))],
    issues: 2,
    first: { assignees: ["ada"] },
    says: ["differ on the owner"],
  },
  "given to somebody else by hand, and reworded in the document": {
    hand: () => {
      by("ada").unassign(FIRST, "dev");
      by("ada").assign(FIRST, "ada");
    },
    texts: [cache(watch(WARMER))],
    issues: 2,
    first: { title: WARMER, assignees: ["ada"] },
    keeps: ["cannot be assigned"],
  },
  "moved by a command, and by the document to another day": {
    hand: () => by("dev").comment(FIRST, "/due 2024-10-15 the vendor is late"),
    texts: [cache(watch(WATCH, "dev", "2024-10-01"))],
    issues: 2,
    says: ["Tue 15 Oct 2024", "differ on the due date"],
  },
  "moved by a command, and by the document to the same day": {
    hand: () => by("dev").comment(FIRST, "/due 2024-10-15 the vendor is late"),
    texts: [cache(watch(WATCH, "dev", "2024-10-15"))],
    issues: 2,
    says: ["Tue 15 Oct 2024"],
    keeps: ["differ on the due date"],
  },
  "ticked while its issue is open": {
    texts: [cache(watch()).replace("[ ] Watch", "[x] Watch")],
    issues: 2,
    first: { state: "closed", stateReason: "completed" },
    says: ["1 of 2 action items done"],
  },
  "ticked, reopened by hand, and edited elsewhere": {
    texts: [
      cache(watch()).replace("[ ] Watch", "[x] Watch"),
      "reopen",
      `${cache(watch()).replace("[ ] Watch", "[x] Watch")}\nMore.\n`,
    ],
    issues: 2,
    first: { state: "open" },
    says: ["0 of 2 action items done", "Needs attention"],
  },
  "closed as not planned by hand, and edited": {
    hand: () => by("dev").closeIssue(FIRST, "not_planned"),
    texts: [cache(watch(WARMER))],
    issues: 2,
    first: { state: "closed", stateReason: "not_planned" },
    says: ["0 of 2 action items done"],
  },
  "locked, and edited": {
    hand: () => by("ada").lock(FIRST),
    texts: [cache(watch(WARMER))],
    issues: 2,
    first: { title: WARMER, state: "open" },
    keeps: ["locked"],
  },
  "deleted, and reworded": {
    hand: () => by("ada").deleteIssue(FIRST),
    texts: [cache(watch(WARMER))],
    issues: 1,
    says: ["Issue is gone", WARMER],
  },
  "transferred out of sight, and reworded": {
    hand: () => by("ada").transferIssue(FIRST, "acme/elsewhere"),
    texts: [cache(watch(WARMER))],
    issues: 1,
    says: ["Issue is gone", WARMER],
  },
  "retitled by hand, and reworded": {
    hand: () => by("lisa").editIssueTitle(FIRST, "Watch the cache"),
    texts: [cache(watch(WARMER))],
    issues: 2,
    first: { title: "Watch the cache" },
    says: ["differ on the title"],
  },
};

const CELLS = Object.keys(LIVES).flatMap((name) => TELLINGS.map((telling) => [name, telling] as const));
sampled(it, 8).each(CELLS)("an item %s (%s)", async (name, telling) => {
  const life = LIVES[name];
  if (!life) throw new Error(`no life ${name}`);
  const home = await stage.merge({ [PATH]: cache(watch()) });
  expect(issue().title).toBe(WATCH);
  await life.hand?.();
  await stage.settle();
  for (const text of life.texts) {
    if (text !== "reopen") await change(text, telling);
    else {
      by("ada").reopenIssue(FIRST);
      await stage.settle();
    }
  }
  const holds = () => {
    expect(stage.trackingIssues()).toHaveLength(life.issues);
    if (life.first) expect(issue()).toMatchObject(life.first);
    for (const words of life.says ?? []) expect(stage.status(home)).toContain(words);
    for (const words of life.keeps ?? []) expect(stage.status(home)).not.toContain(words);
  };
  holds();
  const from = stage.gh.requests.length;
  await stage.loseDatabase();
  await stage.advanceTo(`2024-09-16T${hour}:10:00Z`);
  await stage.recover();
  holds();
  expect(writes(from)).toEqual([]);
});
