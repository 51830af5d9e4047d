/** What a check run says beside postmortems: of the policy file itself, and, so that it can be a required check, of nothing at all. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckRun } from "../../emulator/world.js";
import { GATEWAY } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-gateway.md";
const POLICY = ".github/follow-through.yml";
const READY = "# Outage\n\n**Date:** 2024-09-12\n\n## Action items\n\n- [ ] Add timeouts - @lisa - due 2024-10-01\n";

async function propose(files: Record<string, string | null>, branch = "topic", repo = stage.repo): Promise<number> {
  const { number } = repo.as("ada").proposeFiles(files, "Change files", branch);
  await stage.settle();
  return number;
}

async function setPolicy(text: string | null): Promise<void> {
  stage.repo.as("ada").pushDirect({ [POLICY]: text });
  await stage.settle();
}

/** The newest check run at a pull request's head, as people see it. */
const check = (pull: number, repo = stage.repo): CheckRun | undefined =>
  repo.checks(repo.issue(pull).pull?.head.sha ?? "").at(-1);
const told = (pull: number) => check(pull)?.annotations.map((one) => [one.path, one.start_line, one.annotation_level]);

describe("what the check concludes", () => {
  const HELD = `# Big\n\n## Action items\n\n${Array.from({ length: 51 }, (_, index) => `- [ ] Fix part ${index} of the cache - @dev`).join("\n")}\n`;
  const WARNED = READY.replace("@lisa", "@eve");

  const CONCLUSIONS: readonly [string, string, "success" | "neutral" | "failure"][] = [
    ["neutral", READY, "success"],
    ["neutral", WARNED, "neutral"],
    ["neutral", HELD, "neutral"],
    ["failure", READY, "success"],
    ["failure", WARNED, "failure"],
    ["failure", HELD, "failure"],
    ["success", WARNED, "success"],
    ["success", HELD, "success"],
  ];
  sampled(it, 4).each(CONCLUSIONS)("on_problems: %s", async (onProblems, document, conclusion) => {
    await setPolicy(`check: { on_problems: ${onProblems} }\n`);
    expect(check(await propose({ [PATH]: document }))?.conclusion).toBe(conclusion);
  });

  it("is neutral where the policy that holds is broken, and no failure of who writes a postmortem", async () => {
    await setPolicy("check: { on_problems: failure }\n");
    await setPolicy("nudge: true\n");
    expect(check(await propose({ [PATH]: READY }))?.conclusion).toBe("neutral");
  });
});

describe("a pull request that changes the policy file", () => {
  it.each<[string, string, number]>([
    ["no YAML", "enabled: true\nlabels: [a\n", 2],
    ["an unknown key", "enabled: true\nnudges:\n  evry: 7 days\n", 3],
    ["a wrong value", "enabled: true\ndue:\n  by_priority:\n    P1: soon\n", 4],
  ])("is told of %s at its line", async (_, text, line) => {
    const pull = await propose({ [POLICY]: text });
    expect(check(pull)).toMatchObject({ conclusion: "failure", title: "1 error to fix; the policy file is invalid" });
    const [only, ...others] = told(pull) ?? [];
    expect([only, others]).toEqual([[POLICY, expect.any(Number), "failure"], []]);
    expect(Math.abs(Number(only?.[1]) - line)).toBeLessThanOrEqual(1);
  });

  it("is told that it is valid, at either ending, and that it is removed", async () => {
    const pull = await propose({ ".github/follow-through.yaml": "enabled: true\n" });
    expect(check(pull)).toMatchObject({ conclusion: "success", title: "The policy file is valid", annotations: [] });
    await setPolicy("enabled: true\n");
    const removing = await propose({ [POLICY]: null }, "removing");
    expect(check(removing)).toMatchObject({ conclusion: "success", title: "The policy file is removed" });
  });

  it("is judged by its own version, also where it fixes what is broken now", async () => {
    await setPolicy("nudge: true\n");
    const pull = await propose({ [POLICY]: "nudges: { enabled: true }\n" });
    expect(check(pull)).toMatchObject({ conclusion: "success", title: "The policy file is valid" });
    expect(check(pull)?.summary).not.toContain("invalid");
  });

  it("and a postmortem is told of both", async () => {
    const pull = await propose({ [PATH]: GATEWAY, [POLICY]: "enabled: yes please\n" });
    expect(check(pull)?.title).toMatch(/^1 error to fix; 4 action items: .*; the policy file is invalid$/);
    expect(told(pull)?.[0]).toEqual([POLICY, 1, "failure"]);
  });

  it("from a fork is read at the fork's commit", async () => {
    const fork = stage.gh.fork("acme/shop", "eve");
    fork.as("eve").commitFiles({ branch: "topic", files: { [POLICY]: "enabled: 7\n" } });
    const { number } = stage.repo.as("eve").openPull({ head: "eve:topic", title: "Change the policy" });
    await stage.settle();
    expect(told(number)).toEqual([[POLICY, 1, "failure"]]);
  });

  it("of the whole organisation is told for whom it holds", async () => {
    const repo = stage.gh.repository("acme/.github", { members: { ada: "write" }, files: { "README.md": "# acme\n" } });
    stage.installation.addRepository("acme/.github");
    await stage.settle();
    const pull = await propose({ [POLICY]: "due: { default: never }\n" }, "topic", repo);
    expect(check(pull, repo)).toMatchObject({ conclusion: "failure", title: expect.stringContaining("invalid") });
    expect(check(pull, repo)?.summary).toContain("every repository of `acme` that has none of its own");
  });
});

describe("check: always", () => {
  beforeEach(() => setPolicy("check: always\n"));

  it.each<[string, Record<string, string>]>([
    ["code", { "src/index.ts": "export {};\n" }],
    ["Markdown that is no postmortem", { "docs/guide.md": "# Guide\n" }],
    ["a template", { "postmortems/template.md": GATEWAY }],
  ])("answers where there is only %s", async (_, files) => {
    expect(check(await propose(files))).toMatchObject({ conclusion: "success", title: "No postmortem here" });
  });

  it("answers on a pull request into another branch, as its base changes too", async () => {
    const ada = stage.repo.as("ada");
    ada.commitFiles({ branch: "next", files: { "x.txt": "x" } });
    ada.commitFiles({ branch: "topic", files: { [PATH]: GATEWAY } });
    const { number } = ada.openPull({ head: "topic", base: "next", title: "Add" });
    await stage.settle();
    expect(check(number)).toMatchObject({ conclusion: "success", title: "No postmortem here" });
    ada.changeBase(number, "main");
    await stage.settle();
    expect(check(number)?.title).toMatch(/^4 action items/);
  });

  it("says of a postmortem what it always says, and no more once the policy says so", async () => {
    expect(check(await propose({ [PATH]: GATEWAY }))?.title).toMatch(/^4 action items/);
    await setPolicy("check: { when: postmortems }\n");
    expect(check(await propose({ "src/index.ts": "" }, "other"))).toBeUndefined();
  });

  it("holds where the organisation's policy says it", async () => {
    await setPolicy(null);
    stage.gh.repository("acme/.github", { files: { [POLICY]: "check: always\n" } });
    stage.installation.addRepository("acme/.github");
    await stage.advanceTo("2024-09-16T11:00:00Z");
    expect(check(await propose({ "src/index.ts": "" }))?.title).toBe("No postmortem here");
  });
});
