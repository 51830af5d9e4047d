/** Large documents are read in a process of their own; where that is broken off, it is told, and nothing else is held up. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doctor } from "../../src/cli/doctor.js";
import { TABLE } from "../fixtures/documents.js";
import { itAtLength } from "../support/long.js";
import { gone, hangingPid, large, ODD_READING } from "../support/odd-reading.js";
import { Stage } from "../support/stage.js";
import { talk } from "../support/talk.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ reading: ODD_READING });
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const OTHER = "postmortems/queue.md";
const KILLS = large(TABLE.replace("# Cache bug", "# Cache bug\n\nODD kill"));
const UNREAD = `${PATH} could not be followed through: reading it took too long or too much memory.`;
const troubles = async () =>
  (await stage.service.context.store.troubles(stage.repo.state.id)).map(({ piece, why, times }) => [
    piece.kind,
    why,
    times,
  ]);
const told = async () => {
  const { terminal, lines } = talk();
  await doctor(terminal, stage.service.context);
  return lines().filter((line) => line.startsWith("WRONG"));
};
const sweepAt = (instant: string) => stage.advanceTo(instant);

describe("a large document", { timeout: 120_000 }, () => {
  it("is followed through like any other", async () => {
    const pull = await stage.merge({ [PATH]: large(TABLE) });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("Watch the hit rate");
  });

  itAtLength(
    "whose reading is broken off keeps its items; that is told, tried again less and less often, and over once it is fixed",
    async () => {
      const pull = await stage.merge({ [PATH]: TABLE });
      const before = stage.trackingIssues();
      await stage.merge({ [PATH]: KILLS });
      // By the merge, and by the push that came with it.
      expect(await troubles()).toEqual([["document", "unread", 2]]);
      expect(stage.trackingIssues()).toEqual(before);
      expect(stage.status(pull)).toContain("Watch the hit rate");
      expect(stage.status(pull)).toContain(UNREAD.replace(PATH, ""));
      expect(await told()).toEqual([expect.stringContaining(UNREAD)]);
      expect(await stage.service.context.store.work.deadLetters()).toEqual([]);

      const tries: number[] = [];
      for (let hour = 10; hour < 20; hour++) {
        await sweepAt(`2024-09-16T${hour}:05:00Z`);
        tries.push(Number((await troubles())[0]?.[2]));
      }
      expect(tries).toEqual([2, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
      expect(stage.trackingIssues()).toEqual(before);

      await stage.merge({ [PATH]: TABLE.replace("Watch the hit rate", "Watch the hit rate of the cache") });
      expect(await troubles()).toEqual([]);
      expect(stage.trackingIssues().map(({ title }) => title)).toContain("Watch the hit rate of the cache");
      expect(await told()).toEqual([]);
    },
  );

  itAtLength("that is new and cannot be read holds up no other, and is come back to", async () => {
    await stage.merge({ [PATH]: KILLS, [OTHER]: TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(await troubles()).toEqual([["document", "unread", 1]]);
    await sweepAt("2024-09-16T10:05:00Z");
    expect(await troubles()).toEqual([["document", "unread", 2]]);
    await sweepAt("2024-09-16T11:05:00Z");
    expect(await troubles()).toEqual([["document", "unread", 2]]);
    await sweepAt("2024-09-16T13:05:00Z");
    expect(await troubles()).toEqual([["document", "unread", 3]]);
    await stage.merge({ [PATH]: TABLE });
    expect(await troubles()).toEqual([]);
    expect(stage.trackingIssues()).toHaveLength(4);
  });

  itAtLength("of an open pull request: the check is tried again, and says nothing meanwhile", async () => {
    const pull = stage.repo.as("ada").proposeFiles({ [PATH]: KILLS }, "Add a postmortem");
    await stage.settle();
    expect(await troubles()).toEqual([["check", "unread", 1]]);
    expect(await told()).toEqual([
      expect.stringContaining(`The check of #${pull.number} could not be reported: reading it took too long`),
    ]);
    await sweepAt("2024-09-16T11:05:00Z");
    expect(await troubles()).toEqual([["check", "unread", 2]]);
  });

  it("that is read for long keeps nothing else waiting", async () => {
    const file = join(stage.dataDir, "pid");
    const elsewhere = stage.gh.repository("acme/bank", { members: { ada: "write", dev: "triage" }, files: { a: "" } });
    stage.installation.addRepository("acme/bank");
    await stage.settle();
    const propose = (repo: typeof elsewhere, text: string) => {
      const actor = repo.as("ada");
      actor.mergePull(actor.proposeFiles({ [PATH]: text }, "Add a postmortem").number);
    };
    propose(stage.repo, large(TABLE.replace("# Cache bug", `ODD hang ${file}`)));
    propose(elsewhere, TABLE);
    await stage.gh.webhooks.settled();
    const working = stage.service.workers.drain();
    const pid = await hangingPid(file);
    const opened = () => elsewhere.issues.filter(({ labels }) => labels.some(({ name }) => name === "action-item"));
    while (opened().length < 2) await pause(20);
    expect(stage.trackingIssues()).toEqual([]);
    expect(await troubles()).toEqual([]);
    process.kill(pid, "SIGKILL");
    await working;
    expect(await troubles()).toEqual([["document", "unread", 1]]);
    await gone(pid);
  });
});
