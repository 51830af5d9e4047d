/** A copy of a postmortem that is kept beside its original: its items are the same work, and are opened once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadScene } from "../../src/workflows/parts/load-scene.js";
import { planSync, syncOne } from "../../src/workflows/sync.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const A = "postmortems/2024-09-10-gateway.md";
const B = "postmortems/archive/gateway.md";
const OPEN = "/follow-through open";
const WORK = ["Close connections on error paths", "Alert on the pool's use", "Test what happens on errors"];
const gateway = (items: readonly string[] = WORK, title = "Gateway outage", date = "2024-09-10") =>
  `# ${title}\n\n**Date:** ${date}\n\n## Action items\n\n${items.map((item) => `- [ ] ${item} - @lisa - due 2024-10-20\n`).join("")}`;

const TELLINGS = ["merge, push first", "merge, pull first", "merge, lost", "push", "push, lost"] as const;
type Telling = (typeof TELLINGS)[number];
let hour = 11;

/** Brings a change to the default branch and lets the service learn of it, in whatever order, or not; returns the pull request, 0 where there is none. */
async function change(files: Record<string, string | null>, telling: Telling): Promise<number> {
  const ada = stage.repo.as("ada");
  stage.gh.webhooks.hold();
  let number = 0;
  if (telling.startsWith("push")) ada.pushDirect(files);
  else {
    number = ada.proposeFiles(files, "Change postmortems").number;
    ada.mergePull(number);
  }
  const isPull = ({ event }: { readonly event: string }) => event === "pull_request";
  stage.gh.webhooks.release((held) => {
    if (telling.endsWith("lost")) return [];
    return telling === "merge, pull first" ? [...held].sort((a, b) => Number(isPull(b)) - Number(isPull(a))) : held;
  });
  await stage.recover();
  await stage.advanceTo(`2024-09-16T${hour++}:10:00Z`);
  await stage.recover();
  return number;
}
beforeEach(() => {
  hour = 11;
});

const issues = () => stage.trackingIssues().map(({ number, title, state }) => `${number} ${title} ${state}`);
const once = WORK.map((title, at) => `${at + 2} ${title} open`);
const waiting = () => stage.trackingIssues().filter(({ body }) => /is gone from|no longer stands/.test(body ?? ""));
const comment = (pull: number, body: string) => {
  stage.repo.as("ada").comment(pull, body);
  return stage.settle();
};

const COPIES: readonly (readonly [string, string])[] = [
  ["letter by letter", gateway()],
  ["under another title, on the same day", gateway(WORK, "Copy of: gateway outage")],
  ["with an item more", gateway([...WORK, "Tell the vendor"])],
  ["with its items ticked", gateway().replaceAll("[ ]", "[x]")],
];

describe("a copy that is kept beside its original", () => {
  it.each(COPIES)("%s opens nothing, and says so once", async (_, copy) => {
    const home = await stage.merge({ [A]: gateway() });
    const pull = await change({ [B]: copy }, "merge, push first");
    expect(issues()).toEqual(once);
    expect(stage.status(pull)).toContain("Follow-through: a copy, followed through elsewhere");
    expect(stage.status(pull)).toContain(`They are followed through in [${A}](`);
    expect(stage.status(pull)).toContain(`comment \`${OPEN}\` on this pull request`);
    expect(stage.status(home)).toContain("0 of 3 action items done");
    expect(stage.status(home)).not.toContain("Possibly related");
    const from = stage.gh.requests.length;
    await stage.loseDatabase();
    await stage.advanceTo(`2024-09-16T${hour++}:10:00Z`);
    expect(issues()).toEqual(once);
    expect(
      stage.gh.requests
        .slice(from)
        .filter(({ method, path }) => method !== "GET" && !path.includes("graphql") && !path.includes("access_tokens")),
    ).toEqual([]);
  });

  it.each(TELLINGS)("opens nothing, whatever is told of it: %s", async (telling) => {
    await stage.merge({ [A]: gateway() });
    await change({ [B]: gateway() }, telling);
    expect(issues()).toEqual(once);
    await stage.loseDatabase();
    await stage.advanceTo(`2024-09-16T${hour++}:10:00Z`);
    expect(issues()).toEqual(once);
  });

  it("is foretold by the check", async () => {
    await stage.merge({ [A]: gateway() });
    const pull = stage.repo.as("ada").proposeFiles({ [B]: gateway() }, "Copy");
    await stage.settle();
    const check = stage.repo.checks(stage.repo.issue(pull.number).pull?.head.sha ?? "").at(-1);
    expect(check).toMatchObject({ conclusion: "neutral", title: "3 action items held back" });
    expect(check?.summary).toContain(`They are followed through in [${A}](`);
    expect(check?.summary).toContain(`To open them after the merge, comment \`${OPEN}\``);
    expect(check?.summary).not.toContain("Possibly related");
  });

  it("that comes with its original is held back, of the two the later by its path", async () => {
    const pull = await change({ [A]: gateway(), [B]: gateway() }, "merge, push first");
    expect(issues()).toEqual(once);
    expect(stage.status(pull)).toContain("0 of 3 action items done");
    expect(stage.status(pull)).toContain(`They are followed through in [${A}](`);
  });

  it("is opened by a comment, for good", async () => {
    await stage.merge({ [A]: gateway() });
    const pull = await change({ [B]: gateway() }, "merge, push first");
    await comment(pull, OPEN);
    expect(issues()).toHaveLength(6);
    expect(stage.status(pull)).toContain("0 of 3 action items done");
    await stage.loseDatabase();
    await change({ [B]: `${gateway()}\nThe end.\n` }, "merge, push first");
    expect(issues()).toHaveLength(6);
    expect(stage.status(pull)).toContain("0 of 3 action items done");
  });

  it("is opened once it tells of another incident, as where the last postmortem was the form for the next", async () => {
    await stage.merge({ [A]: gateway() });
    const pull = await change({ [B]: gateway() }, "merge, push first");
    const cache = ["Watch the hit rate", "Cap the size of a shard"];
    await change({ [B]: gateway(cache, "Cache outage", "2024-09-14") }, "merge, push first");
    expect(issues()).toEqual([...once, ...cache.map((title, at) => `${at + 7} ${title} open`)]);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
  });

  itAtLength("is left alone by a sync of all, and opened by one that names it", async () => {
    await stage.merge({ [A]: gateway() });
    await change({ [B]: gateway() }, "push");
    const { installationId, id: repositoryId } = (await stage.service.context.store.repositoryNamed(
      "acme",
      "shop",
    )) ?? {
      installationId: 0,
      id: 0,
    };
    const scene = await loadScene(stage.service.context, { installationId, repositoryId });
    if (!scene) throw new Error("no scene");
    expect(await planSync(scene, {})).toMatchObject({ documents: [], issues: 0 });
    const plan = await planSync(scene, { paths: [B] });
    expect(plan.issues).toBe(3);
    for (const one of plan.documents) await syncOne(scene, one);
    expect(issues()).toHaveLength(6);
  });
});

const GOING = TELLINGS.flatMap((copied) => TELLINGS.map((gone) => [copied, gone] as const));
sampled(it, 6).each(GOING)("an original goes on in its copy (copied: %s) once it goes (%s)", async (copied, gone) => {
  const home = await stage.merge({ [A]: gateway() });
  const pull = await change({ [B]: gateway() }, copied);
  await change({ [A]: null }, gone);
  expect(issues()).toEqual(once);
  expect(waiting()).toEqual([]);
  expect(stage.status(home)).toContain(B);
  expect(stage.status(home)).toContain("0 of 3 action items done");
  if (pull > 0) expect(stage.status(pull)).toContain("It took its place");
  await stage.loseDatabase();
  await change({ [B]: gateway([...WORK.slice(1), "Tell the vendor"]) }, "merge, push first");
  expect(issues()).toHaveLength(4);
  expect(stage.status(home)).toContain("0 of 4 action items done");
});

it.each([
  ["of another day", gateway(WORK, "Gateway outage", "2024-09-14")],
  ["of the same day with two of its items", gateway(WORK.slice(1), "Cache outage")],
  ["of the same name with half of its items", gateway([...WORK.slice(1), "Tell the vendor", "Call the vendor"])],
])("a postmortem %s is another one", async (_, text) => {
  await stage.merge({ [A]: gateway() });
  const pull = await change({ [B]: text }, "merge, push first");
  expect(stage.status(pull)).not.toContain(OPEN);
  expect(issues().length).toBeGreaterThan(4);
});

it("a copy that is removed again is told of as that", async () => {
  await stage.merge({ [A]: gateway() });
  const pull = await change({ [B]: gateway() }, "merge, push first");
  await change({ [B]: null }, "merge, push first");
  expect(issues()).toEqual(once);
  expect(waiting()).toEqual([]);
  expect(stage.status(pull)).toContain("This copy was removed on Mon 16 Sep 2024.");
});
