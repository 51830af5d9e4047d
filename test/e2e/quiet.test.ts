/** An installation of many repositories: what a quiet hour costs, and within which time is found what no webhook told of. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { FEW } from "../../src/workflows/parts/sweeping.js";
import { TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
  for (let n = 0; n < FEW; n++) {
    stage.gh.repository(`acme/r${n}`, { members: { ada: "write" } });
    stage.installation.addRepository(`acme/r${n}`);
  }
  await stage.settle();
  await stage.service.tick();
  home = await stage.merge({ "postmortems/a.md": TABLE });
  // What was pushed since the first sweep is glanced at.
  await stage.advanceTo("2024-09-16T10:10:00Z");
});
afterEach(() => stage.close());

const inRepositories = (from: number) => stage.gh.requests.slice(from).filter(({ path }) => path.startsWith("/repos/"));
const isOpen = () => stage.trackingIssues().map(({ state }) => state === "open");

it("costs one list in a quiet hour, besides what the App asks for all of them", async () => {
  const from = stage.gh.requests.length;
  await stage.advanceTo("2024-09-16T11:10:00Z");
  expect(stage.gh.spent(from)).toEqual({
    "GET /app": 1,
    "GET /app/installations": 1,
    "GET /app/hook/deliveries": 1,
    "GET /app/installations/{installation_id}": 1,
    "GET /installation/repositories": 1,
  });
});

it("has a push to another branch glanced at, once", async () => {
  stage.repo.as("ada").proposeFiles({ "src/index.ts": "export {};\n" }, "Work");
  await stage.settle();
  const from = stage.gh.requests.length;
  await stage.advanceTo("2024-09-16T11:10:00Z");
  expect(inRepositories(from).map(({ template }) => template.replace("/repos/{owner}/{repo}", ""))).toEqual([
    "/git/ref/{ref}",
    "/git/trees/{tree_sha}",
  ]);
  const next = stage.gh.requests.length;
  await stage.advanceTo("2024-09-16T12:10:00Z");
  expect(inRepositories(next)).toEqual([]);
});

it("has what a delivery that never came told of found within the hour, where it carries a push", async () => {
  stage.gh.webhooks.drop = () => true;
  const lost = await stage.merge({ "postmortems/b.md": TABLE.replaceAll("runbook", "handbook") });
  stage.repo.as("ada").commitFiles({ files: { "postmortems/a.md": TABLE.replace("2024-09-24", "2024-10-01") } });
  expect(stage.trackingIssues()).toHaveLength(2);
  await stage.advanceTo("2024-09-16T11:10:00Z");
  expect(stage.trackingIssues()).toHaveLength(4);
  expect(stage.status(lost)).toContain("0 of 2 action items done");
  expect(stage.trackingIssues()[1]?.body).toContain("**Tue 1 Oct 2024**");
});

it("has a policy's push found within the hour, from there on in force", async () => {
  stage.gh.webhooks.drop = () => true;
  stage.repo.write({ ".github/follow-through.yml": "labels: [promise]\n" });
  await stage.advanceTo("2024-09-16T11:10:00Z");
  stage.gh.webhooks.drop = () => false;
  await stage.merge({ "postmortems/b.md": TABLE.replaceAll("runbook", "handbook") });
  expect(stage.repo.issues.filter(({ labels }) => labels.some(({ name }) => name === "promise"))).toHaveLength(2);
});

it("has what carries no push found in the night, and at once where GitHub keeps the failed delivery", async () => {
  const [first, second] = stage.trackingIssues();
  stage.gh.webhooks.drop = () => true;
  stage.repo.as("dev").closeIssue(first?.number ?? 0);
  await stage.advanceTo("2024-09-16T11:10:00Z");
  expect(isOpen()).toEqual([false, true]);
  expect(stage.status(home)).toContain("0 of 2 action items done");
  await stage.advanceTo("2024-09-17T03:10:00Z");
  expect(stage.status(home)).toContain("1 of 2 action items done");

  stage.gh.webhooks.drop = () => false;
  const { url } = stage.gh.webhooks;
  stage.gh.webhooks.url = "http://127.0.0.1:1/";
  stage.repo.as("dev").closeIssue(second?.number ?? 0);
  await stage.gh.webhooks.settled();
  stage.gh.webhooks.url = url;
  await stage.advanceTo("2024-09-17T04:10:00Z");
  expect(stage.status(home)).toContain("2 of 2 action items done");
});

it("has what GitHub refused tried again by the hour", async () => {
  const body = { message: "Unavailable here" };
  stage.gh.faults.add({ method: "POST", path: /\/issues$/, fault: { kind: "answer", status: 403, body } });
  await stage.merge({ "postmortems/b.md": TABLE.replaceAll("runbook", "handbook") });
  expect(stage.trackingIssues()).toHaveLength(3);
  await stage.advanceTo("2024-09-16T11:10:00Z");
  await stage.advanceTo("2024-09-16T12:10:00Z");
  expect(stage.trackingIssues()).toHaveLength(4);
});
