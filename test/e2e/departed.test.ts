/** Whom GitHub does not assign, and why: people without access, accounts that are gone, bots, organisations. Their author is asked once a week. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseNudgeMarker, withoutMarkers } from "../../src/render/marker.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const document = (...items: string[]) =>
  `# Cache outage\n\n**Date:** 2024-09-10\n\n## Action items\n\n${items.map((item) => `- ${item}`).join("\n")}\n`;
const WATCH = "Watch the hit rate of every cache node";

const issue = (title: string) => {
  const found = stage.trackingIssues().find((one) => one.title.includes(title));
  if (!found) throw new Error(`no issue about ${title}`);
  return found;
};
const asks = (pull: number) => stage.repo.comments(pull).filter(({ body }) => parseNudgeMarker(body)?.ask === true);
const askedAccounts = (since = 0) => stage.gh.spent(since)["GET /users/{username}"] ?? 0;
const check = (pull: number) => {
  const head = stage.repo.issue(pull).pull?.head.sha ?? "";
  return (
    stage.repo
      .checks(head)
      .at(-1)
      ?.annotations.map(({ message }) => message) ?? []
  );
};

const KINDS: readonly [string, string, string, RegExp, string][] = [
  [
    "a person without access",
    "eve",
    "eve (cannot be assigned here)",
    /^`@eve` cannot be assigned.*in \[line 7\]/,
    "`@eve`: cannot be assigned here",
  ],
  [
    "nobody by that name",
    "maxx",
    "maxx (no account on GitHub)",
    /^GitHub knows no account `@maxx`: .* in \[line 7\]/,
    "`@maxx`: no account on GitHub",
  ],
  ["a bot", "renovate", "renovate (a bot)", /^`@renovate` is a bot.* in \[line 7\]/, "`@renovate`: a bot"],
  [
    "an organisation",
    "acme",
    "acme (an organisation)",
    /^`@acme` is an organisation.* in \[line 7\]/,
    "`@acme`: an organisation",
  ],
];

describe.each(KINDS)("%s", (_, login, owner, attention, asked) => {
  it("is told as such in check, issue, status comment and the weekly question", async () => {
    stage.gh.world.addAccount("renovate", "Bot");
    const pull = stage.repo.as("ada").proposeFiles({ [PATH]: document(`${WATCH} - @${login}`) }, "Postmortem");
    await stage.settle();
    const told = check(pull.number).find((message) => message?.includes(`@${login}`));
    expect(told).toBeDefined();
    expect(askedAccounts()).toBe(1);
    stage.repo.as("ada").mergePull(pull.number);
    await stage.settle();
    // The check's answer is kept.
    expect(askedAccounts()).toBe(1);
    expect(issue("hit rate").assignees).toEqual([]);
    expect(withoutMarkers(issue("hit rate").body ?? "")).toContain(owner);
    const lines = stage.status(pull.number).split("\n- ");
    expect(lines.some((line) => attention.test(line))).toBe(true);
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(asks(pull.number)).toHaveLength(1);
    expect(asks(pull.number)[0]?.body).toContain(`owner (${asked})`);
    expect(asks(pull.number)[0]?.body).toContain("@ada, 1 action item");
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(asks(pull.number)).toHaveLength(1);
  });
});

it("an App's bot is one by its name, and nobody is asked", async () => {
  const pull = stage.repo.as("ada").proposeFiles({ [PATH]: document(`${WATCH} - @dependabot[bot]`) }, "Postmortem");
  await stage.settle();
  expect(check(pull.number)).toContainEqual(
    expect.stringContaining('"dependabot[bot]" is a bot, which GitHub does not assign.'),
  );
  expect(askedAccounts()).toBe(0);
});

it("where GitHub does not tell of accounts, somebody has no access, as before", async () => {
  stage.gh.faults.add({ method: "GET", path: /\/users\//, fault: { kind: "answer", status: 403 } });
  const pull = await stage.merge({ [PATH]: document(`${WATCH} - @maxx`) });
  expect(stage.status(pull)).toContain("`@maxx` cannot be assigned in this repository");
});

describe("somebody who had an item", () => {
  const merge = () =>
    stage.merge({ [PATH]: document(`${WATCH} - @lisa (due 2024-12-01)`, "Write the runbook - @dev (due 2024-12-01)") });

  it("and whose account is deleted: nobody has it, which the weekly look finds, and the author is asked", async () => {
    const pull = await merge();
    expect(issue("hit rate").assignees.map(({ login }) => login)).toEqual(["lisa"]);
    stage.gh.deleteUser("lisa");
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(stage.status(pull)).toMatch(/GitHub knows no account `@lisa`: .* in \[line 7\]/);
    expect(withoutMarkers(issue("hit rate").body ?? "")).toContain("lisa (no account on GitHub)");
    await stage.advanceTo("2024-09-25T09:05:00Z");
    expect(asks(pull)).toHaveLength(1);
    expect(asks(pull)[0]?.body).toContain("owner (`@lisa`: no account on GitHub)");
    expect(asks(pull)[0]?.body).not.toContain("runbook");
    // Once somebody has it, nothing is said any more.
    stage.repo.as("ada").assign(issue("hit rate").number, "dev");
    await stage.settle();
    expect(stage.status(pull)).not.toContain("lisa");
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(asks(pull)).toHaveLength(1);
  });

  it("and was unassigned by a person: nobody says that they cannot be assigned", async () => {
    const pull = await merge();
    stage.repo.as("ada").unassign(issue("hit rate").number, "lisa");
    await stage.settle();
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(asks(pull)[0]?.body).toContain("| owner |");
    for (const text of [stage.status(pull), issue("hit rate").body ?? ""])
      expect(withoutMarkers(text)).not.toContain("lisa");
  });

  it("and changed their login: they keep it under the new one, and a new item that names the old one is told of", async () => {
    const pull = await merge();
    stage.gh.renameUser("lisa", "lisa-koch");
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(stage.status(pull)).toContain("`@lisa-koch`");
    expect(asks(pull)).toHaveLength(0);
    const second = stage.repo.as("ada").proposeFiles(
      {
        [PATH]: document(
          `${WATCH} - @lisa (due 2024-12-01)`,
          "Write the runbook - @dev (due 2024-12-01)",
          "Alert on evictions - @lisa",
        ),
      },
      "Another item",
    );
    await stage.settle();
    expect(check(second.number)).toContainEqual(expect.stringContaining("GitHub knows no account @lisa"));
    stage.repo.as("ada").mergePull(second.number);
    await stage.settle();
    expect(issue("hit rate").assignees.map(({ login }) => login)).toEqual(["lisa-koch"]);
    expect(issue("evictions").assignees).toEqual([]);
    expect(stage.status(pull)).toMatch(/GitHub knows no account `@lisa`: .* in \[line 9\]/);
  });
});
