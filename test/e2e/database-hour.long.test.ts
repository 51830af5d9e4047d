/** An hour without PostgreSQL, which the network keeps from the service: nothing that came meanwhile is lost, and nobody has to help. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DatabaseDown } from "../../src/errors.js";
import { TABLE } from "../fixtures/documents.js";
import { describeOnPostgres } from "../support/databases.js";
import { type Link, startProxy } from "../support/proxy.js";
import { Stage } from "../support/stage.js";

const MINUTE_MS = 60_000;
/** How often the service looks at the clock. */
const TICK_MINUTES = 15;

describeOnPostgres("an hour without the database", (open) => {
  let proxy: Link;
  let stage: Stage;
  beforeEach(async () => {
    const { databaseUrl = "" } = await open.address();
    proxy = await startProxy(databaseUrl);
    stage = await Stage.start({ databaseUrl: proxy.url });
  });
  afterEach(async () => {
    await stage.close();
    await proxy.close();
  });

  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${stage.service.port}/readyz`);
    return [answer.status, (await answer.text()).trim()];
  };
  const containing = (number: number, marker: string) =>
    stage.repo.comments(number).filter(({ body }) => body.includes(`follow-through:${marker} `));
  const atAnyRate = (work: Promise<unknown>) =>
    work.catch((error: unknown) => expect(error).toBeInstanceOf(DatabaseDown));

  // Where it refuses, a delivery comes every five minutes. What is swallowed is waited for each time, so there it is one a look.
  it.each([
    ["refuses", "refuse", 5],
    ["swallows", "swallow", TICK_MINUTES],
  ] as const)("that the network %s", async (_, how, everyMinutes) => {
    const first = await stage.merge({ "postmortems/first.md": TABLE });
    const [tracked] = stage.trackingIssues();
    const ada = stage.repo.as("ada");
    // The first item is overdue an hour from now, and the week's digest is due within it.
    stage.gh.clock.set("2024-09-23T08:30:00Z");
    const before = stage.gh.webhooks.log.length;
    await proxy.cut(how);
    const pulls: number[] = [];
    for (let minute = 0; minute < 60; minute += everyMinutes) {
      const path = `postmortems/${minute}.md`;
      const pull = ada.proposeFiles(
        { [path]: TABLE.replace("Watch", `Watch ${minute}`) },
        "Add",
        `at-${minute}`,
      ).number;
      pulls.push(pull);
      ada.mergePull(pull);
      if (minute === 30) ada.comment(tracked?.number ?? 0, "/due 2024-10-15 the part is late");
      await stage.gh.webhooks.settled();
      if (minute % TICK_MINUTES === 0) await atAnyRate(stage.service.tick());
      await atAnyRate(stage.service.workers.drain());
      stage.gh.clock.advance(everyMinutes * MINUTE_MS);
    }
    expect(await ready()).toEqual([503, "The database does not answer."]);
    // What the App has no work with is answered without the database.
    const told = stage.gh.webhooks.log
      .slice(before)
      .filter(({ event }) => /^(pull_request|issue_comment)$/.test(event));
    expect(told.length).toBeGreaterThan(2 * pulls.length);
    // GitHub waits ten seconds; what it calls 504 was not answered until then.
    const refusals = how === "refuse" ? [503] : [503, 504];
    expect(
      told.filter(({ statusCode }) => !refusals.includes(statusCode)).map(({ event, action }) => [event, action]),
    ).toEqual([]);

    await proxy.restore();
    // Within two hours, by its looks at the clock alone: it asks GitHub for what it could not take.
    for (let minute = 0; minute < 120; minute += TICK_MINUTES) {
      await stage.service.tick();
      await stage.recover();
      stage.gh.clock.advance(TICK_MINUTES * MINUTE_MS);
    }
    // What it says of the database stands for two seconds of real time, and a connection into nowhere is found out by waiting.
    await vi.waitFor(async () => expect(await ready()).toEqual([200, "ready"]), { timeout: 90_000, interval: 500 });
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    expect(stage.trackingIssues()).toHaveLength(2 * (1 + pulls.length));
    for (const pull of pulls) expect(stage.status(pull)).toContain("0 of 2 action items done");
    expect(stage.status(first)).toContain("0 of 2 action items done");
    expect(tracked?.body?.match(/the part is late/g)?.length).toBeGreaterThan(0);
    for (const { number } of stage.trackingIssues()) expect(containing(number, "nudge").length).toBeLessThanOrEqual(1);
    const digests = stage.repo.issues.filter(({ title }) => title.startsWith("Weekly digest"));
    expect(digests).toHaveLength(1);
    expect(containing(digests[0]?.number ?? 0, "digest-week")).toHaveLength(1);
  });
});
