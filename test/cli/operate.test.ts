/** The commands that work on GitHub, against the emulated one, beside the running service; once as a process of their own. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";
import { followThrough, followThroughProcess } from "./command.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ files: { "postmortems/cache.md": TABLE } });
});
afterEach(() => stage.close());

const options = () => ({ cwd: stage.dataDir, env: { ...stage.gh.environment, DATA_DIR: stage.dataDir } });
const run = (...args: string[]) => followThrough(args, options());

/** Requests since `from` that changed anything on GitHub. */
const writes = (from: number) =>
  stage.gh.requests.slice(from).filter(({ method, path }) => method !== "GET" && !path.includes("access_tokens"));

describe("sync", () => {
  it("--dry-run says what it would write, and writes nothing anywhere", async () => {
    const from = stage.gh.requests.length;
    const { code, out, err } = await run("sync", "acme/shop", "--dry-run");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("would open issue: Watch the hit rate (assign dev; labels action-item, priority/p1)");
    expect(out).toContain("would open issue: Update the runbook (labels action-item, priority/p2)");
    expect(writes(from)).toEqual([]);
    expect(await stage.service.context.store.documentsOf(stage.repo.state.id)).toEqual([]);
  });

  it("opens what is missing, once, and comments on no old pull request", async () => {
    const first = await followThroughProcess(["sync", "acme/shop"], options());
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain("acme/shop: 1 postmortem, 2 issues to open");
    expect(stage.trackingIssues().map(({ title }) => title)).toEqual(["Watch the hit rate", "Update the runbook"]);
    const from = stage.gh.requests.length;
    await run("sync", "acme/shop");
    await stage.settle();
    expect(writes(from)).toEqual([]);
    expect([...stage.repo.state.comments.values()]).toEqual([]);
  });

  it("knows a postmortem at its new path, though nobody saw it go from the old one", async () => {
    await run("sync", "acme/shop");
    const before = stage.trackingIssues().map(({ number }) => number);
    stage.gh.webhooks.drop = () => true;
    const files = { "postmortems/cache.md": null, "postmortems/2024/cache.md": `${TABLE}\nMore was learnt later.\n` };
    stage.repo.as("ada").pushDirect(files);
    const { out } = await run("sync", "acme/shop");
    expect(out).toContain("acme/shop: 1 postmortem, 0 issues to open");
    expect(stage.trackingIssues().map(({ number }) => number)).toEqual(before);
    expect(stage.trackingIssues()[0]?.body).toContain("postmortems/2024/cache.md");
  });

  it("--comment: shows the status on the pull request that introduced each document, once", async () => {
    stage.gh.webhooks.drop = () => true;
    const pull = await stage.merge({ "postmortems/old.md": TABLE });
    await stage.merge({ "postmortems/old.md": `${TABLE}\n` });
    await run("sync", "acme/shop", "postmortems/old.md");
    expect(stage.repo.comments(pull)).toEqual([]);
    await run("sync", "acme/shop", "postmortems/old.md", "--comment");
    expect(stage.status(pull)).toContain("0 of 2 action items done");
    const from = stage.gh.requests.length;
    await run("sync", "acme/shop", "--comment", "postmortems/old.md");
    expect(writes(from)).toEqual([]);
  });

  it("keeps to the documents that are named, and to incidents since a day", async () => {
    expect(await run("sync", "acme/shop", "--since", "2024-09-11")).toMatchObject({ code: 0 });
    expect(stage.trackingIssues()).toEqual([]);
    const missing = await run("sync", "acme/shop", "postmortems/none.md");
    expect(missing.err).toContain("postmortems/none.md: no such document on main");
    await run("sync", "acme/shop", "postmortems/cache.md");
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("of a repository without the App says so", async () => {
    expect(await run("sync", "acme/other")).toMatchObject({
      code: 2,
      err: "The App is not installed on acme/other.\nCheck the name, or add the repository in the App's installation settings.\n",
    });
  });

  it("of an archived repository says what to fix", async () => {
    stage.repo.as("ada").archive();
    await stage.settle();
    const { code, out, err } = await run("sync", "acme/shop");
    expect(code).not.toBe(0);
    expect(out + err).toMatch(/archived[\s\S]*Unarchive it/);
  });
});

describe("run", () => {
  const NOW = ["--now", "2024-09-20T09:00:00Z"];
  beforeEach(async () => {
    await stage.merge({ "postmortems/new.md": TABLE.replaceAll("Watch", "Count") });
  });

  it("nudges: as if it were that time, each once, and the service does not repeat them", async () => {
    const from = stage.gh.requests.length;
    const dry = await run("run", "nudges", ...NOW, "--dry-run");
    expect(dry.out).toMatch(/would comment on #\d+: @dev, this action item was due on Tue 17 Sep 2024, 3 days ago\./);
    expect(writes(from)).toEqual([]);
    expect((await run("run", "nudges", ...NOW)).out).toContain("acme/shop: 1 nudge");
    expect((await run("run", "nudges", ...NOW, "--repo", "acme/shop")).out).toContain("acme/shop: 0 nudges");
    await stage.advanceTo("2024-09-20T09:05:00Z");
    const nudged = [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
    expect(nudged).toHaveLength(1);
  });

  it("digest: shown whole before it is posted, and nothing is written", async () => {
    const before = stage.gh.requests.length;
    const { out, code } = await run("run", "digest", "--preview", ...NOW);
    expect(code).toBe(0);
    expect(out).toContain("acme/shop: the digest");
    expect(out).toMatch(/\*\*\d+ open\*\*/);
    expect(out).not.toContain("<!--");
    expect(
      stage.gh.requests.slice(before).filter(({ method, path }) => method !== "GET" && path.includes("/repos/")),
    ).toEqual([]);
    expect((await run("run", "nudges", "--preview")).code).toBe(2);
  });

  it("digest: once a week", async () => {
    expect((await run("run", "digest", ...NOW)).out).toContain("acme/shop: digest posted");
    expect((await run("run", "digest", ...NOW)).out).toContain("acme/shop: nothing to post");
  });

  it.each<[string, () => void, RegExp]>([
    ["archived", () => stage.repo.as("ada").archive(), /archived, so nothing can be opened in it\. Unarchive it/],
    ["issues off", () => stage.repo.as("ada").disableIssues(), /Issues are switched off in this repository\. Switch/],
  ])("says what stands in the way (%s), and goes on with the other repositories", async (_, obstruct, said) => {
    stage.gh.repository("acme/other");
    stage.installation.addRepository("acme/other");
    obstruct();
    await stage.settle();
    for (const [kind, other] of [
      ["nudges", "0 nudges"],
      ["digest", "nothing to post"],
      ["sweep", "swept"],
    ] as const) {
      const { code, out, err } = await run("run", kind, ...NOW);
      expect({ code, out }).toEqual({ code: 1, out: `acme/other: ${other}\n` });
      expect(err).toMatch(/^acme\/shop: /);
      expect(err).toMatch(said);
    }
  });

  it("says so too where a permission was taken away, as GitHub refuses", async () => {
    stage.installation.setPermission("issues", "read");
    const { code, err } = await run("run", "nudges", ...NOW);
    expect(code).toBe(1);
    expect(err).toContain("acme/shop: The App lacks a permission it needs in this repository. Ask an owner");
  });

  it("goes on where GitHub failed for a moment", async () => {
    stage.gh.faults.add({ method: "GET", path: /\/repos\/acme\/shop$/, fault: { kind: "answer", status: 500 } });
    expect(await run("run", "nudges", ...NOW)).toMatchObject({
      code: 0,
      out: "acme/shop: 1 nudge\n",
      err: "",
    });
  });

  it("sweep: writes nothing where nothing changed", async () => {
    const from = stage.gh.requests.length;
    expect(await run("run", "sweep")).toMatchObject({ code: 0 });
    expect(writes(from)).toEqual([]);
  });
});

describe("rebuild", () => {
  it("reads everything again from GitHub, and writes nothing there", async () => {
    // Nothing is overdue: the command goes by GitHub's clock, whatever its machine's says.
    await stage.merge({ "postmortems/new.md": TABLE });
    const items = () => stage.service.context.store.openItems(stage.repo.state.id);
    const before = await items();
    const from = stage.gh.requests.length;
    expect(await run("rebuild")).toMatchObject({ code: 0, out: "1 repository rebuilt from GitHub\n" });
    expect(writes(from)).toEqual([]);
    expect((await items()).map(({ id, due, issue }) => [id, due, issue])).toEqual(
      before.map(({ id, due, issue }) => [id, due, issue]),
    );
  });
});

describe("doctor", () => {
  it("finds nothing where all is well", async () => {
    stage.gh.clock.set(new Date());
    const { code, out } = await run("doctor");
    expect(out).not.toContain("WRONG");
    expect(out).toContain("ok    GitHub knows the App as follow-through[bot]");
    expect(code).toBe(0);
  });

  it("tells of a permission that is missing, of an obstacle and of a mistaken policy, each with its fix", async () => {
    stage.installation.setPermission("checks", "read");
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "label: oops\n" });
    stage.repo.state.hasIssues = false;
    await stage.settle();
    await run("run", "sweep");
    const { code, out } = await run("doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/WRONG acme: the permission checks:write is not granted\. Ask an owner to accept it/);
    expect(out).toMatch(/WRONG acme\/shop: Issues are switched off in this repository\. Switch them on/);
  });

  it("says so where GitHub does not accept the App", async () => {
    const env = { ...stage.gh.environment, APP_ID: "999", DATA_DIR: stage.dataDir };
    const { code, out } = await followThrough(["doctor"], { cwd: stage.dataDir, env });
    expect(code).toBe(1);
    expect(out).toMatch(
      /WRONG GitHub does not accept the App: Integration not found.*There is no App of this APP_ID: copy it from its settings page/,
    );
  });

  it("tells of the issues that an earlier registration of the App left behind", async () => {
    await run("sync", "acme/shop");
    await stage.stopService();
    stage.gh.registerAppAnew("follow-through-2");
    stage.gh.installApp({ on: ["acme/shop"], by: "ada" });
    rmSync(stage.dataDir, { recursive: true });
    await stage.startService();
    await stage.settle();
    expect((await run("doctor")).out).toContain(
      "WRONG acme/shop: 2 open tracking issues were opened by follow-through[bot], and are not followed by this App.",
    );
  });

  it("says so where GitHub cannot be reached, and why", async () => {
    const env = { ...stage.gh.environment, GHE_HOST: "127.0.0.1:9", DATA_DIR: stage.dataDir };
    const { code, out } = await followThrough(["doctor"], { cwd: stage.dataDir, env });
    expect(code).toBe(1);
    expect(out).toMatch(
      /WRONG GitHub could not be reached \(.*\)\. Check the network, GHE_HOST, proxy and certificates/,
    );
  });

  it("--replay with nothing to replay says so", async () => {
    expect((await run("doctor", "--replay", "all")).out).toBe("0 pieces of work will be tried again by the service\n");
  });
});
