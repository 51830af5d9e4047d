/** What a newer version of the App wrote: after a step back to this one, or by a replica that was replaced already. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followThrough } from "../cli/command.js";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  await stage.merge({ "postmortems/cache.md": TABLE });
});
afterEach(() => stage.close());

/** The markers of the App's issues and comments as a later version might write them, and back. */
function rewriteMarkers(from: string, to: string): void {
  for (const written of [...stage.repo.state.issues.values(), ...stage.repo.state.comments.values()])
    written.body = written.body?.replaceAll(from, to) ?? null;
}
const toNewer = () => rewriteMarkers('{"v":2,', '{"v":3,"novel":true,');
const toOurs = () => rewriteMarkers('{"v":3,"novel":true,', '{"v":2,');

const writes = (from: number) =>
  stage.gh.requests.slice(from).filter(({ method, path }) => method !== "GET" && path.includes("/repos/"));
const doctor = () =>
  followThrough(["doctor"], { cwd: stage.dataDir, env: { ...stage.gh.environment, DATA_DIR: stage.dataDir } });
const ADVICE = /WRONG acme\/shop: #\d+ was written by a newer version of Follow-Through\. Run that version here/;

describe("what a newer version wrote", () => {
  it("is left alone after a step back with an empty database, told by doctor, and followed once that version is back", async () => {
    toNewer();
    await stage.stopService();
    rmSync(stage.dataDir, { recursive: true });
    await stage.startService();
    const from = stage.gh.requests.length;
    await stage.settle();
    await stage.merge({ "postmortems/new.md": TABLE.replaceAll("Watch", "Count") });
    await stage.advanceTo("2024-09-30T10:05:00Z");
    expect(writes(from)).toEqual([]);
    expect(stage.trackingIssues()).toHaveLength(2);
    expect((await doctor()).out).toMatch(ADVICE);

    toOurs();
    await stage.advanceTo("2024-09-30T13:10:00Z");
    expect(stage.trackingIssues()).toHaveLength(4);
    expect((await doctor()).out).not.toMatch(ADVICE);
  });

  it("is not written over by a replica of this version, which leaves the work to be tried again", async () => {
    toNewer();
    const bodies = stage.trackingIssues().map(({ body }) => body);
    await stage.merge({ "postmortems/cache.md": TABLE.replace("Watch the", "Watch over the") });
    expect(stage.trackingIssues().map(({ body }) => body)).toEqual(bodies);
    expect((await doctor()).out).toMatch(ADVICE);
    expect(await stage.service.context.store.work.stats(stage.gh.clock.now())).toMatchObject({ waiting: 2, dead: 0 });

    toOurs();
    stage.gh.clock.advance(60_000);
    await stage.settle();
    expect(stage.trackingIssues().map(({ title }) => title)).toContain("Watch over the hit rate");
  });

  it("is no newer for a marker that a person pasted beside the managed section", async () => {
    const [issue] = stage.trackingIssues();
    const pasted = '\n\n<!-- follow-through:item {"v":3,"id":"x"} -->';
    stage.repo.as("ada").editIssueBody(issue?.number ?? 0, `${issue?.body}${pasted}`);
    await stage.settle();
    await stage.merge({ "postmortems/cache.md": TABLE.replace("Watch the", "Watch over the") });
    expect(stage.trackingIssues()[0]).toMatchObject({ title: "Watch over the hit rate" });
    expect(stage.trackingIssues()[0]?.body).toContain(pasted);
  });
});
