/** Open pull requests are checked again where the policy or a postmortem on their base changes; what says the same is not written. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { GATEWAY } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-gateway.md";
const POLICY = ".github/follow-through.yml";
const FILES = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const LIST = "GET /repos/{owner}/{repo}/pulls";

async function propose(files: Record<string, string>): Promise<number> {
  const { number } = stage.repo.as("ada").proposeFiles(files, "Change files");
  await stage.settle();
  return number;
}
async function push(files: Record<string, string | null>): Promise<void> {
  stage.repo.as("ada").pushDirect(files);
  await stage.settle();
}
const titles = (pull: number) =>
  stage.repo.checks(stage.repo.issue(pull).pull?.head.sha ?? "").map(({ title }) => title);
const writes = (from: number) =>
  stage.gh.requests
    .slice(from)
    .filter(({ path }) => /\/check-runs$/.test(path))
    .filter(({ method }) => method === "POST").length;
/** How many pull requests were looked at. */
const looked = (from: number) => stage.gh.spent(from)[FILES] ?? 0;

it("a policy that knows an owner is told on the pull requests that name them", async () => {
  await push({ [POLICY]: "labels: [action-item]\n" });
  const [pull, other] = [await propose({ [PATH]: GATEWAY }), await propose({ "src/a.ts": "" })];
  await push({ [POLICY]: 'owners: { Marcus R: "@dev" }\n' });
  expect(titles(pull)).toEqual([
    "4 action items: 2 ready, 1 without an owner, 1 whose owner GitHub does not know",
    "4 action items: 3 ready, 1 without an owner",
  ]);
  expect(titles(other)).toEqual([]);
});

it("one that has every pull request answered reaches those that are open, and one that breaks is told", async () => {
  const code = await propose({ "src/a.ts": "" });
  await push({ [POLICY]: "check: always\n" });
  expect(titles(code)).toEqual(["No postmortem here"]);
  const pull = await propose({ [PATH]: GATEWAY });
  await push({ [POLICY]: "check: allways\n" });
  expect(stage.repo.checks(stage.repo.issue(pull).pull?.head.sha ?? "").at(-1)?.summary).toContain(
    "policy file is invalid",
  );
});

it("a postmortem that changes on the base is told where it is changed too", async () => {
  await stage.merge({ [PATH]: GATEWAY });
  const pull = await propose({ [PATH]: GATEWAY.replace("Due Sept 20", "Due Sept 27") });
  expect(titles(pull)).toEqual(["1 issue would change; 2 warnings"]);
  await push({ [PATH]: GATEWAY.replace("Due Sept 20", "Due Sept 27") });
  expect(titles(pull).at(-1)).toBe("No issue would change; 2 warnings");
});

it("what says the same is not written, and only what has a check is looked at", async () => {
  const pulls = [await propose({ [PATH]: GATEWAY }), await propose({ "src/a.ts": "" })];
  const from = stage.gh.requests.length;
  await push({ "postmortems/2024-08-01-other.md": "# Other\n\nNothing to do.\n" });
  expect([looked(from), writes(from)]).toEqual([1, 0]);
  expect(titles(pulls[0] ?? 0)).toHaveLength(1);
});

it.each<[string, Record<string, string>]>([
  ["a push of code", { "src/b.ts": "" }],
  ["a push of other Markdown", { "docs/guide.md": "# Guide\n" }],
])("%s has nothing checked again, nor has the hour", async (_, files) => {
  await propose({ [PATH]: GATEWAY });
  const from = stage.gh.requests.length;
  await push(files);
  await stage.advanceTo("2024-09-16T11:00:00Z");
  expect([looked(from), stage.gh.spent(from)[LIST] ?? 0]).toEqual([0, 0]);
});

it("only the 20 newest are, and what GitHub does not list ends nothing", async () => {
  const first = await propose({ [PATH]: GATEWAY });
  for (let number = 1; number <= 20; number++) await propose({ [`src/${number}.ts`]: "" });
  const from = stage.gh.requests.length;
  await push({ [POLICY]: 'owners: { Marcus R: "@dev" }\n' });
  expect([looked(from), stage.gh.spent(from)[LIST]]).toEqual([20, 1]);
  expect(titles(first)).toHaveLength(1);
  const fault = { kind: "answer", status: 403, body: { message: "Resource not accessible by integration" } } as const;
  stage.gh.faults.add({ method: "GET", path: /\/pulls$/, fault });
  await push({ [POLICY]: "enabled: true\n" });
  expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
});
