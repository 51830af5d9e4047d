/** What an event costs in requests to GitHub, route by route, and that docs/github-api.md tells it. */
import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { type Cost, requestCosts, requestTable } from "../support/requests.js";
import { Stage } from "../support/stage.js";

describe("an event", () => {
  let costs: readonly Cost[] = [];
  beforeAll(async () => {
    costs = await requestCosts();
  });

  it("costs no more than it may", () => {
    const over = costs.filter(({ bar, requests }) => bar !== null && requests > bar);
    expect(over).toEqual([]);
    expect(costs.filter(({ bar }) => bar !== null).length).toBeGreaterThanOrEqual(7);
  });

  it("costs what the documentation says", () => {
    expect(readFileSync("docs/github-api.md", "utf8")).toContain(requestTable(costs));
  });
});

describe("after a merge was followed through", () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const sweeps = (from: number) => stage.gh.requests.slice(from).filter(({ path }) => path.includes("/git/trees/"));

  it("its push is not swept, and a later push of the same file is", async () => {
    stage = await Stage.start();
    const from = stage.gh.requests.length;
    await stage.merge({ "postmortems/a.md": TABLE });
    expect(sweeps(from)).toEqual([]);
    stage.repo.as("ada").commitFiles({ files: { "postmortems/a.md": TABLE.replace("Update", "Rewrite") } });
    await stage.settle();
    expect(sweeps(from)).toHaveLength(1);
    expect(stage.trackingIssues().map(({ title }) => title)).toContain("Rewrite the runbook");
  });

  it("a push that comes with another is swept, though one of the two was a merge", async () => {
    stage = await Stage.start();
    const ada = stage.repo.as("ada");
    const pull = ada.proposeFiles({ "postmortems/a.md": TABLE }, "Add a postmortem");
    ada.commitFiles({ files: { "postmortems/b.md": TABLE.replaceAll("runbook", "handbook") } });
    ada.mergePull(pull.number);
    await stage.settle();
    expect(stage.trackingIssues().map(({ title }) => title)).toContain("Update the handbook");
    expect(stage.trackingIssues().map(({ title }) => title)).toContain("Update the runbook");
  });

  it("a policy that comes with it holds for it", async () => {
    stage = await Stage.start();
    await stage.merge({
      "incidents/a.md": TABLE,
      ".github/follow-through.yml": "postmortems: { include: ['incidents/*.md'] }\nlabels: [promise]\n",
    });
    expect(stage.repo.issues.filter(({ labels }) => labels.some(({ name }) => name === "promise"))).toHaveLength(2);
  });

  it("a policy that was pushed holds for the next merge, in every repository of the organisation's", async () => {
    stage = await Stage.start();
    await stage.merge({ "postmortems/a.md": TABLE });
    const home = stage.gh.repository("acme/.github", { members: { ada: "write" } });
    stage.installation.addRepository("acme/.github");
    await stage.settle();
    home.write({ ".github/follow-through.yml": "labels: [promise]\n" });
    await stage.settle();
    await stage.merge({ "postmortems/b.md": TABLE.replaceAll("runbook", "handbook") });
    const labels = stage.repo.issues.flatMap((issue) => issue.labels.map(({ name }) => name));
    expect(labels.filter((name) => name === "promise")).toHaveLength(2);
  });

  it("Markdown that is no postmortem costs nothing", async () => {
    stage = await Stage.start();
    await stage.merge({ "postmortems/a.md": TABLE });
    const from = stage.gh.requests.length;
    stage.repo.write({ "docs/howto.md": "# How to\n" });
    await stage.settle();
    expect(stage.gh.requests.slice(from)).toEqual([]);
  });
});
