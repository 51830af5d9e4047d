/**
 * What the App asks GitHub for, event by event, counted from the emulator's log: by the tests, which hold the bars, and by
 * `npm run bench:scale`, which writes the table of docs/github-api.md.
 */
import { nudge } from "../../src/workflows/nudges.js";
import { Stage, type StageOptions } from "./stage.js";

/** One event and what it cost. */
export interface Cost {
  readonly event: string;
  /** At most so many; null where there is no bar. */
  readonly bar: number | null;
  readonly requests: number;
  /** By route, the tokens of Octokit's own apart. */
  readonly routes: Readonly<Record<string, number>>;
}

const TOKEN = "POST /app/installations/{installation_id}/access_tokens";
const ITEMS = 9;

/** A postmortem of so many items for three people. */
function postmortem(items: number, title: string, due = "2024-09-27"): string {
  const people = ["lisa", "dev", "ada"];
  const rows = Array.from(
    { length: items },
    (_, n) => `| Fix part ${n} of ${title} | @${people[n % people.length]} | ${due} |`,
  );
  const head = ["# Outage of ", title, "\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n"].join("");
  return `${head}${rows.join("\n")}\n`;
}

/** Lets each event happen once and counts what it costs. */
export async function requestCosts(options: StageOptions = {}): Promise<Cost[]> {
  const first = { isFirst: true, ...options };
  return [...(await costsOfMerges(first)), await costOfNudge(first)];
}

async function costOf(stage: Stage, event: string, bar: number | null, happen: () => Promise<unknown>): Promise<Cost> {
  const from = stage.gh.requests.length;
  await happen();
  const { [TOKEN]: _, ...routes } = stage.gh.spent(from);
  const requests = Object.values(routes).reduce((sum, number) => sum + number, 0);
  return { event, bar, requests, routes };
}

/** A quiet hour of a large installation: so many repositories, of which so many have a postmortem. */
export async function costOfQuietHour(repositories: number, postmortems: number): Promise<Cost> {
  const stage = await Stage.start();
  try {
    // Filling it is not what is measured.
    stage.gh.limits.enabled = false;
    for (let n = 1; n < repositories; n++) {
      const files = n < postmortems ? { [`postmortems/${n}.md`]: postmortem(3, `part ${n}`) } : {};
      stage.gh.repository(`acme/r${n}`, { members: { ada: "write" }, files: { "README.md": "# r\n", ...files } });
      stage.installation.addRepository(`acme/r${n}`);
    }
    await stage.settle();
    await stage.merge({ "postmortems/first.md": postmortem(3, "the cache") });
    await stage.advanceTo("2024-09-16T10:10:00Z");
    // What is glanced at then waits for the limits.
    for (let minute = 0; minute < 10; minute++) {
      stage.gh.clock.advance(61_000);
      await stage.settle();
    }
    const event = `a quiet hour of ${repositories} repositories, ${postmortems} with postmortems`;
    return await costOf(stage, event, 10, () => stage.advanceTo("2024-09-16T11:10:00Z"));
  } finally {
    await stage.close();
  }
}

async function costOfNudge(options: StageOptions): Promise<Cost> {
  const stage = await Stage.start(options);
  try {
    await stage.merge({ "postmortems/one.md": postmortem(1, "the cache", "2024-09-20") });
    await stage.advanceTo("2024-09-20T09:20:00Z");
    // The sweep has the status comment say that it is overdue.
    await stage.advanceTo("2024-09-23T08:20:00Z");
    const at = { installationId: stage.installation.id, repositoryId: stage.repo.state.id };
    stage.gh.clock.set(new Date("2024-09-23T09:01:00Z"));
    return await costOf(stage, "a nudge", 4, () => nudge(stage.service.context, at));
  } finally {
    await stage.close();
  }
}

async function costsOfMerges(options: StageOptions): Promise<Cost[]> {
  const stage = await Stage.start(options);
  const { gh, repo } = stage;
  const costs: Cost[] = [];
  const count = async (event: string, bar: number | null, happen: () => Promise<unknown>) => {
    costs.push(await costOf(stage, event, bar, happen));
  };
  const minutes = async (number: number) => {
    gh.clock.advance(number * 60_000);
    await stage.settle();
  };
  try {
    const ada = repo.as("ada");
    await count(`a merge of ${ITEMS} items, the first in the repository, and its push`, ITEMS + 9, () =>
      stage.merge({ "postmortems/first.md": postmortem(ITEMS, "the cache") }),
    );
    await minutes(5);
    let pull = 0;
    await count(`a check of ${ITEMS} items of 3 people`, 6, async () => {
      pull = ada.proposeFiles({ "postmortems/second.md": postmortem(ITEMS, "the queue") }, "Add a postmortem").number;
      await stage.settle();
    });
    await minutes(5);
    await count(`a merge of ${ITEMS} items, and its push`, ITEMS + 5, async () => {
      ada.mergePull(pull);
      await stage.settle();
    });
    await minutes(5);
    const mine = stage.trackingIssues().filter(({ assignees }) => assignees.some(({ login }) => login === "dev"));
    await count("a command", 6, async () => {
      repo.as("dev").comment(mine[0]?.number ?? 0, "/waive the vendor does it");
      await stage.settle();
    });
    await minutes(5);
    await count("a command that is answered, as each with a date", 7, async () => {
      repo.as("dev").comment(mine[1]?.number ?? 0, "/due 2024-10-04");
      await stage.settle();
    });
    await minutes(5);
    await count("an issue closed by a person", 6, async () => {
      repo.as("lisa").closeIssue(stage.trackingIssues()[0]?.number ?? 0);
      await stage.settle();
    });
    await stage.advanceTo("2024-09-17T13:20:00Z");
    await count("a quiet hour", null, () => stage.advanceTo("2024-09-17T14:20:00Z"));
    return costs;
  } finally {
    await stage.close();
  }
}

/** The table of docs/github-api.md. */
export function requestTable(costs: readonly Cost[]): string {
  const rows = costs.map(({ event, bar, requests, routes }) => {
    const told = Object.entries(routes)
      .sort()
      .map(([route, times]) => `${times > 1 ? `${times} × ` : ""}\`${route.replace("/repos/{owner}/{repo}", "…")}\``);
    return `| ${event} | ${requests} | ${bar ?? ""} | ${told.join(", ")} |`;
  });
  return ["| Event | Requests | At most | Which |", "|---|---|---|---|", ...rows].join("\n");
}
