/**
 * Every write the App makes on GitHub, and every refusal that GitHub documents for it; `refuse` plays one against the other on the real
 * service, and says what came of it.
 */
import { expect } from "vitest";
import { doctor } from "../../src/cli/doctor.js";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "./stage.js";
import { talk } from "./talk.js";

const PATH = "postmortems/cache.md";
const OTHER = "postmortems/queue.md";
const BOT = "follow-through[bot]";
const FIRST = "Watch the hit rate";
const SECOND = "Update the runbook";
/** Dated so that nothing is overdue until a write asks for that. */
const LATER = TABLE.replaceAll("2024-09-17", "2024-11-12").replaceAll("2024-09-24", "2024-11-19");
const QUEUE = LATER.replaceAll("Cache bug", "Queue bug")
  .replace(FIRST, "Drain the queue")
  .replace(SECOND, "Grow the queue");

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly errors?: readonly object[];
}

const invalid = (field: string, resource = "Issue"): Answer => ({
  status: 422,
  message: "Validation Failed",
  errors: [{ resource, field, code: "invalid", value: "?" }],
});
const custom = (message: string): Answer => ({
  status: 422,
  message: "Validation Failed",
  errors: [{ resource: "Issue", field: "body", code: "custom", message }],
});

/** What GitHub may say, by a name for each. */
const ANSWERS = {
  "403 locked": { status: 403, message: "Unable to create comment because issue is locked." },
  "403 blocked": { status: 403, message: "User is blocked" },
  "403 restricted": { status: 403, message: "Interactions on this repository have been restricted to collaborators" },
  "403 other": { status: 403, message: "Forbidden" },
  "404": { status: 404, message: "Not Found" },
  "410": { status: 410, message: "This issue was deleted" },
  "422 assignee": invalid("assignees"),
  "422 label": invalid("labels"),
  "422 title": invalid("title"),
  "422 too long": custom("body is too long (maximum is 65536 characters)"),
  "422 full": custom("There are more than 2500 comments on this issue"),
  "422 spam": custom("This content was flagged as spam"),
  "422 other": { status: 422, message: "Validation Failed" },
  "451": { status: 451, message: "Repository access blocked" },
} as const satisfies Record<string, Answer>;

export type Refusal = keyof typeof ANSWERS;

export const REFUSALS = Object.keys(ANSWERS) as Refusal[];

/** What GitHub documents, or is known to say, of each kind of write. */
const ON_ANYTHING: readonly Refusal[] = ["403 other", "404", "422 other", "451"];
const ON_ISSUES: readonly Refusal[] = [
  ...ON_ANYTHING,
  ...([
    "403 blocked",
    "403 restricted",
    "410",
    "422 assignee",
    "422 label",
    "422 title",
    "422 too long",
    "422 spam",
  ] as const),
];
const ON_COMMENTS: readonly Refusal[] = [
  ...ON_ANYTHING,
  ...(["403 locked", "403 blocked", "403 restricted", "410", "422 too long", "422 full", "422 spam"] as const),
];
const ON_REACTIONS: readonly Refusal[] = [...ON_ANYTHING, "403 locked", "403 blocked"];

interface Write {
  /** What GitHub refuses of it. */
  readonly refusals: readonly Refusal[];
  readonly method: "POST" | "PATCH";
  /** Which requests are this write, once all is ready for it. */
  readonly path: (world: World) => RegExp;
  /** What the body of only the one that is refused holds. */
  readonly body?: RegExp;
  /** Everything that is there before. */
  readonly ready?: (world: World) => Promise<void>;
  /** What brings the write, and others beside it. */
  readonly act: (world: World) => Promise<void>;
  /** Whether the others were done. */
  readonly others: (world: World) => boolean;
  /** How often what the write is for stands on GitHub, in whatever way; 1 in the end. */
  readonly stands: (world: World) => number;
}

class World {
  /** Numbers that the steps of a write leave for the later ones. */
  pull = 0;
  more = 0;
  constructor(readonly stage: Stage) {}

  as = (login: string) => this.stage.repo.as(login);
  issue = (title: string) => this.stage.repo.issues.find((issue) => issue.title.startsWith(title));
  number = (title: string): number => this.issue(title)?.number ?? 0;
  titled = (title: string): number => this.stage.repo.issues.filter((issue) => issue.title === title).length;
  own = (number: number, words: string): number =>
    this.stage.repo.comments(number).filter(({ user, body }) => user.login === BOT && body.includes(words)).length;
  /** Comments of the App with these words, anywhere. */
  anywhere = (words: string): number =>
    [...this.stage.repo.state.comments.values()].filter(({ body }) => body.includes(words)).length;
  async merge(files: Record<string, string>): Promise<void> {
    this.pull = await this.stage.merge(files);
  }
}

const STATUS = "follow-through:status";
const NUDGE = "follow-through:nudge";
const DIGEST = "Weekly digest";
const TWO_OVERDUE = TABLE.replace("Web Team", "@lisa");
const comments = (number: number) => new RegExp(`/issues/${number}/comments$`);
const tracked = (world: World) => world.merge({ [PATH]: LATER });
const overdue = (world: World) => world.merge({ [PATH]: TWO_OVERDUE });
const checks = ({ stage }: World) => [...stage.repo.state.checkRuns.values()];

export const WRITES: Readonly<Record<string, Write>> = {
  "open a tracking issue": {
    refusals: ON_ISSUES,
    method: "POST",
    path: () => /\/issues$/,
    body: new RegExp(FIRST),
    act: tracked,
    others: (world) => world.titled(SECOND) === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => world.titled(FIRST),
  },
  "change a tracking issue": {
    refusals: ON_ISSUES,
    method: "PATCH",
    path: (world) => new RegExp(`/issues/${world.number(FIRST)}$`),
    ready: tracked,
    act: (world) => world.merge({ [PATH]: LATER.replace(FIRST, `${FIRST} daily`).replace(SECOND, `${SECOND} soon`) }),
    others: (world) => world.titled(`${SECOND} soon`) === 1,
    stands: (world) => world.titled(`${FIRST} daily`),
  },
  "close or reopen it on a command": {
    refusals: ON_ISSUES,
    method: "PATCH",
    path: (world) => new RegExp(`/issues/${world.number(FIRST)}$`),
    ready: tracked,
    async act(world) {
      for (const title of [FIRST, SECOND]) world.as("ada").comment(world.number(title), "/done");
      await world.stage.settle();
    },
    others: (world) => world.issue(SECOND)?.state === "closed",
    stands: (world) => (world.issue(FIRST)?.state === "closed" ? 1 : 0),
  },
  "make a label": {
    refusals: ON_ANYTHING,
    method: "POST",
    path: () => /\/labels$/,
    act: tracked,
    others: (world) => world.titled(FIRST) === 1 && world.titled(SECOND) === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => world.titled(FIRST),
  },
  "adopt a linked issue": {
    refusals: ON_COMMENTS,
    method: "POST",
    path: (world) => comments(world.more),
    async ready(world) {
      world.more = world.as("lisa").openIssue({ title: "Runbook" }).number;
    },
    act: (world) => world.merge({ [PATH]: LATER.replace(SECOND, `${SECOND} (#${world.more})`) }),
    others: (world) => world.titled(FIRST) === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => world.own(world.more, "follow-through:adopted") + world.titled(SECOND),
  },
  "write a status comment": {
    refusals: ON_COMMENTS,
    method: "POST",
    // It is the second pull request's, which is number 4 after a pull request and two issues.
    path: () => comments(4),
    ready: tracked,
    act: (world) => world.merge({ [OTHER]: QUEUE }),
    others: (world) => world.titled("Drain the queue") === 1 && world.titled("Grow the queue") === 1,
    stands: (world) => world.anywhere(STATUS) - 1,
  },
  "renew a status comment": {
    refusals: ON_COMMENTS,
    method: "PATCH",
    path: () => /\/issues\/comments\/\d+$/,
    ready: tracked,
    async act(world) {
      world.as("lisa").closeIssue(world.number(SECOND));
      await world.stage.settle();
      await world.merge({ [OTHER]: QUEUE });
    },
    others: (world) => world.titled("Drain the queue") === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => world.anywhere("1 of 2 action items done"),
  },
  "link to a status comment": {
    refusals: ON_COMMENTS,
    method: "POST",
    path: () => comments(4),
    ready: tracked,
    act: (world) => world.merge({ [PATH]: LATER.replace(SECOND, `${SECOND} soon`) }),
    others: (world) => world.titled(`${SECOND} soon`) === 1,
    stands: (world) => world.anywhere("follow-through:link"),
  },
  "write an overdue comment": {
    refusals: ON_COMMENTS,
    method: "POST",
    path: (world) => comments(world.number(FIRST)),
    ready: overdue,
    act: ({ stage }) => stage.advanceTo("2024-09-26T10:05:00Z"),
    others: (world) => world.own(world.number(SECOND), NUDGE) === 1,
    stands: (world) => world.own(world.number(FIRST), '"n":1'),
  },
  "open the digest": {
    refusals: ON_ISSUES,
    method: "POST",
    path: () => /\/issues$/,
    body: new RegExp(DIGEST),
    ready: overdue,
    act: ({ stage }) => stage.advanceTo("2024-09-30T10:05:00Z"),
    others: (world) => world.own(world.number(FIRST), NUDGE) > 0 && world.own(world.number(SECOND), NUDGE) > 0,
    stands: (world) => world.stage.repo.issues.filter(({ title }) => title.startsWith(DIGEST)).length,
  },
  "post the digest": {
    refusals: ON_COMMENTS,
    method: "POST",
    path: (world) => comments(world.number(DIGEST)),
    async ready(world) {
      await overdue(world);
      await world.stage.advanceTo("2024-09-23T09:05:00Z");
    },
    act: ({ stage }) => stage.advanceTo("2024-09-30T10:05:00Z"),
    others: (world) => world.own(world.number(SECOND), NUDGE) > 0,
    stands: (world) => world.own(world.number(DIGEST), "2024-09-30"),
  },
  "answer a command": {
    refusals: ON_COMMENTS,
    method: "POST",
    path: (world) => comments(world.number(FIRST)),
    ready: tracked,
    async act(world) {
      world.as("ada").comment(world.number(FIRST), "/due 2024-12-03\n/due nonsense");
      world.as("ada").comment(world.number(SECOND), "/due 2024-12-04");
      await world.stage.settle();
    },
    others: (world) => (world.issue(SECOND)?.body ?? "").includes("4 Dec 2024"),
    stands: (world) => ((world.issue(FIRST)?.body ?? "").includes("3 Dec 2024") ? 1 : 0),
  },
  "put a 👍 on a command": {
    refusals: ON_REACTIONS,
    method: "POST",
    path: () => /\/reactions$/,
    ready: tracked,
    async act(world) {
      for (const title of [FIRST, SECOND]) world.as("ada").comment(world.number(title), "/due 2024-12-03");
      await world.stage.settle();
    },
    others: (world) => (world.issue(SECOND)?.body ?? "").includes("3 Dec 2024"),
    stands: (world) => ((world.issue(FIRST)?.body ?? "").includes("3 Dec 2024") ? 1 : 0),
  },
  "report a check": {
    refusals: ON_ANYTHING,
    method: "POST",
    path: () => /\/check-runs$/,
    async act(world) {
      world.as("ada").proposeFiles({ [PATH]: LATER }, "Add a postmortem");
      await world.stage.settle();
      await world.merge({ [OTHER]: QUEUE });
    },
    others: (world) => world.titled("Drain the queue") === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => checks(world).filter(({ externalId }) => externalId?.startsWith("1:")).length,
  },
  "add to a check": {
    refusals: ON_ANYTHING,
    method: "PATCH",
    path: () => /\/check-runs\/\d+$/,
    async ready(world) {
      world.as("ada").proposeFiles({ [PATH]: LATER }, "Add a postmortem");
      await world.stage.settle();
    },
    async act(world) {
      for (const { id } of checks(world)) world.as("ada").rerunCheck(id);
      await world.stage.settle();
      await world.merge({ [OTHER]: QUEUE });
    },
    others: (world) => world.titled("Drain the queue") === 1 && world.own(world.pull, STATUS) === 1,
    stands: (world) => checks(world).filter(({ externalId }) => externalId?.startsWith("1:")).length,
  },
};

/** What came of a refusal: it was `told`; it was not, since the aim was reached in another way; or something in between. */
export type Outcome = "told" | "told for a week" | "done otherwise";

const HOUR_MS = 3_600_000;

/**
 * Plays one refusal against one write: everything else is done, doctor tells, it is tried again with waits that grow, and once GitHub takes it
 * it stands once. Returns what came of it while it was refused.
 */
export async function refuse(name: string, refusal: Refusal): Promise<Outcome> {
  const write = WRITES[name];
  if (!write) throw new Error(`no such write: ${name}`);
  const stage = await Stage.start();
  try {
    const world = new World(stage);
    await write.ready?.(world);
    const { status, ...body } = ANSWERS[refusal];
    const { method } = write;
    const fault = { kind: "answer", status, body } as const;
    const rule = { method, path: write.path(world), times: Number.POSITIVE_INFINITY, fault };
    stage.gh.faults.add({ ...rule, ...(write.body && { body: write.body }) });
    await write.act(world);
    expect(stage.gh.requests.some((request) => request.fault !== null)).toBe(true);
    expect(write.others(world)).toBe(true);
    const outcome = await whatIsTold(stage);
    await waitsGrow(stage);
    stage.gh.faults.clear();
    for (const hours of [5, 2]) await pass(stage, hours * HOUR_MS);
    expect(write.stands(world)).toBe(1);
    const missing = (await wrong(stage)).filter((line) => !line.includes("was dealt with, but could not be answered"));
    expect(missing).toEqual([]);
    expect(await wrong(stage)).toHaveLength(outcome === "told for a week" ? (await troublesOf(stage)).length : 0);
    return outcome;
  } finally {
    await stage.close();
  }
}

const troublesOf = ({ service, repo }: Stage) => service.context.store.troubles(repo.state.id);

async function wrong({ service }: Stage): Promise<string[]> {
  const { terminal, lines } = talk();
  await doctor(terminal, service.context);
  return lines().filter((line) => line.startsWith("WRONG"));
}

/** Every trouble is a line of doctor's, and there is no other: nothing was given up. */
async function whatIsTold(stage: Stage): Promise<Outcome> {
  const troubles = await troublesOf(stage);
  const lines = await wrong(stage);
  expect(lines).toHaveLength(troubles.length);
  for (const { said } of troubles) expect(lines.join()).toContain(`(${said}`);
  if (troubles.length === 0) return "done otherwise";
  return troubles.some(({ piece }) => piece.kind === "reply") ? "told for a week" : "told";
}

/** What was refused twice waits for longer than what was refused once. */
async function waitsGrow(stage: Stage): Promise<void> {
  const before = await troublesOf(stage);
  await pass(stage, HOUR_MS + 60_000);
  for (const { piece, times, lastAt, notBefore } of await troublesOf(stage)) {
    expect(Date.parse(notBefore) - Date.parse(lastAt)).toBe(HOUR_MS * 2 ** (times - 1));
    const once = before.find((one) => JSON.stringify(one.piece) === JSON.stringify(piece));
    if (once && piece.kind !== "reply") expect(times).toBeGreaterThan(once.times);
  }
}

async function pass(stage: Stage, ms: number): Promise<void> {
  stage.gh.clock.advance(ms);
  await stage.service.tick();
  await stage.settle();
}
