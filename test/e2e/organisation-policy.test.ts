/**
 * The policy of an organisation, in a repository that not everybody may read: none of its words are told in another, and it
 * is never mistaken for none where it only cannot be read now.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import type { FileChange } from "../../emulator/git.js";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { fullNameOf } from "../../emulator/world.js";
import { followThrough } from "../cli/command.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

const POLICY = ".github/follow-through.yml";
/** Stands for what an organisation keeps to itself. */
const SECRET = "canary";

let stage: Stage;
let organisation: RepositoryHandle;
beforeEach(async () => {
  stage = await Stage.start();
  organisation = stage.gh.repository("acme/.github", { private: true, members: { ada: "admin" } });
  stage.installation.addRepository("acme/.github");
  await stage.settle();
});
afterEach(() => stage.close());

async function setPolicy(file: FileChange): Promise<void> {
  organisation.as("ada").pushDirect({ [POLICY]: file });
  await stage.settle();
  await anHourLater();
  await stage.recover();
}

const anHourLater = () => stage.advanceTo(new Date(stage.gh.clock.now().getTime() + 3_600_000).toISOString());

const known = async () => stage.service.context.store.repository(stage.repo.state.id);

/** Everything that stands in a public repository for all to read. */
const told = () =>
  JSON.stringify([
    stage.repo.issues.map(({ title, body }) => [title, body]),
    [...stage.repo.state.comments.values()].map(({ body }) => body),
    [...stage.repo.state.checkRuns.values()].map(({ title, summary, text, annotations }) => [
      ...[title, summary, text],
      annotations,
    ]),
    stage.repo.state.labels,
  ]);

/** What the check run of a pull request with a postmortem says, and its status comment once it is merged. */
async function saidOfAPull(): Promise<string> {
  const ada = stage.repo.as("ada");
  const pull = ada.proposeFiles({ "postmortems/gateway.md": GATEWAY }, "Add a postmortem");
  await stage.settle();
  ada.mergePull(pull.number);
  await stage.recover();
  return told();
}

describe("a mistake in a private policy", () => {
  sampled(it, 2).each([
    ["an unknown key", `labels: [x]\n${SECRET}: 1\n`, 2],
    ["an unknown key within", `nudges:\n  ${SECRET}: 1\n`, 2],
    ["a name in the map of owners", `owners:\n  ${SECRET} person: nobody\n`, 2],
    ["a login that is none", `owners:\n  Max: ${SECRET}\n`, 2],
    ["broken YAML", `labels: [${SECRET}\nenabled: true\n`, 2],
    ["a key that stands twice", `sprints:\n  ${SECRET}: 2025-01-01\n  ${SECRET}: 2025-01-02\n`, 3],
    ["an anchor that is not there", `labels: *${SECRET}\n`, 1],
    ["a tag that is not known", `labels: !${SECRET} {}\n`, 1],
    ["a time zone that is not known", `time_zone: ${SECRET}\n`, 1],
    ["a sprint without a day", `sprints: { ${SECRET}: ${SECRET} }\n`, 1],
    ["a prefix that is none", `ticket_prefixes: [${SECRET}]\n`, 1],
    ["a rule that is not known", `problems: { ${SECRET}: "off" }\n`, 1],
    ["a list", `- ${SECRET}\n`, 1],
  ])("is told by its line alone: %s", async (_, text, line) => {
    await setPolicy(text);
    const words = await saidOfAPull();
    expect(words).not.toContain(SECRET);
    const sentence = `The organisation's policy, \`${POLICY}\` in acme/.github, is invalid at line ${line}`;
    expect(words.split(sentence).length - 1).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(await known())).not.toContain(SECRET);
  });

  it("is told by doctor, by its line too", async () => {
    await setPolicy(`labels: [x]\n${SECRET}: 1\n`);
    const env = { ...stage.gh.environment, DATA_DIR: stage.dataDir, LOG_LEVEL: "trace" };
    const { out, err } = await followThrough(["doctor"], { cwd: stage.dataDir, env });
    expect(out).toContain(
      `WRONG acme/shop: The organisation's policy, \`${POLICY}\` in acme/.github, is invalid at line 2`,
    );
    expect(err).not.toContain(SECRET);
  });

  it("leaves the last valid one in place, and names of it only what takes effect", async () => {
    await setPolicy(
      `labels: [from-the-organisation]\nowners:\n  ${SECRET} person: "@lisa"\nsprints: { ${SECRET}: 2025-01-01 }\n`,
    );
    await setPolicy(`labels: [from-the-organisation]\n${SECRET}: 1\n`);
    const words = await saidOfAPull();
    expect(words).not.toContain(SECRET);
    expect(stage.repo.issues[0]?.labels.map(({ name }) => name)).toContain("from-the-organisation");
    // Who adds an owner does so where the policy stands: a file of the repository's own would take the place of all of it.
    expect(words).toContain(`acme/.github/blob/HEAD/${POLICY}), and their items are assigned`);
  });

  it("of the repository's own policy is quoted, since whoever reads this may read that", async () => {
    stage.repo.as("ada").pushDirect({ [POLICY]: `labels: [x]\n${SECRET}: 1\n` });
    await stage.settle();
    expect(await saidOfAPull()).toContain(`${SECRET}: there is no such setting`);
  });
});

const FORBIDDEN = { kind: "answer", status: 451, body: { message: "Repository access blocked" } } as const;
const FAILED = { kind: "answer", status: 503, body: { message: "Service Unavailable" } } as const;
const fail = (fault: Fault) =>
  stage.gh.faults.add({ path: /\/repos\/acme\/\.github\/contents/, times: Number.POSITIVE_INFINITY, fault });

// What is found for each of GitHub's answers: test/workflows/policy.test.ts.
/** The canary wherever a policy takes people's words, and none of it in effect: nobody and nothing here is called so. */
const EVERYWHERE = `
postmortems: { exclude: ["${SECRET}/**"] }
owners: { "${SECRET} person": "@${SECRET}-login" }
due: { by_priority: { ${SECRET}: 3 }, by_severity: { ${SECRET}: 3 }, by_service: { ${SECRET}: 3 } }
sprints: { "Sprint ${SECRET}": 2030-01-01 }
ticket_prefixes: [${SECRET.toUpperCase()}]
nudges: { by_priority: { ${SECRET}: 3 }, by_severity: { ${SECRET}: 3 } }
mute: { ${SECRET}: never }
escalation: [{ after: 900 days, to: "@acme/${SECRET}", priorities: [${SECRET}] }]
digest: { organisation: shop, summaries: { ${SECRET}: ${SECRET} } }
`;

/** Asks for what a policy would explain: an owner, a priority, a sprint, a window and a ticket of no name it knows. */
const ASKING = `# Pool full

**Date:** 2024-09-12
**Severity:** SEV-9
**Service:** unknown

## Action items

- [ ] **CANARIES-4:** Close every cursor - ${SECRET.slice(0, -1)} person - Due sprint 99
- [ ] P9: Alert on a full pool - Somebody Else - due before Black Friday
- [ ] Write the runbook within a fortnight - @lisa - due 2024-09-17
`;

describe("a private policy, be it valid or not,", () => {
  it("is quoted in no text that more people read: checks, issues, comments, digests, reports", async () => {
    await setPolicy(EVERYWHERE);
    expect(await known()).toMatchObject({ policyText: EVERYWHERE });
    await stage.merge({ "postmortems/asking.md": ASKING });
    await saidOfAPull();
    await setPolicy(`${EVERYWHERE}${SECRET}: 1\n`);
    stage.repo.as("ada").proposeFiles({ "postmortems/again.md": ASKING }, "Add another");
    await stage.settle();
    await stage.advanceTo("2024-10-07T09:05:00Z");
    const titles = stage.repo.issues.map(({ title }) => title);
    expect(titles).toContainEqual(expect.stringMatching(/^Weekly digest of the organisation/));
    const quoting = (text: string) => text.match(new RegExp(`.{0,80}${SECRET}.{0,80}`, "gi")) ?? [];
    // Its words are those of the document, which this repository may read.
    expect(quoting(told().replaceAll("CANARIES-4", ""))).toEqual([]);
    expect(told()).toMatch(/3 days ago|days overdue/);
    const env = { ...stage.gh.environment, DATA_DIR: stage.dataDir };
    for (const args of [
      ["report"],
      ...["html", "markdown", "csv", "json"].map((format) => ["report", "--format", format]),
      ["report", "--items", "--json"],
      ["search", "cursor"],
    ]) {
      const { out, err } = await followThrough(args, { cwd: stage.dataDir, env });
      expect(out, args.join(" ")).not.toBe("");
      expect(quoting((out + err).replaceAll("CANARIES-4", "")), args.join(" ")).toEqual([]);
    }
    // Doctor is for whoever holds the App's key: of the file itself it tells all, elsewhere only of channels that want an address.
    const { out } = await followThrough(["doctor"], { cwd: stage.dataDir, env });
    const ofShop = out.split("\n").filter((line) => line.includes("acme/shop") && !line.includes("names the channel"));
    expect(ofShop.join()).toContain("is invalid at line 11");
    expect(quoting(ofShop.join("\n"))).toEqual([]);
    const metrics = await (await fetch(`http://127.0.0.1:${stage.service.port}/metrics`)).text();
    expect(quoting(metrics)).toEqual([]);
  });
});

describe.each([
  ["refused", FORBIDDEN],
  ["not answered", FAILED],
] as const)("a policy that is %s", (kind, fault) => {
  it("holds as it was read last", async () => {
    await setPolicy("enabled: false\n");
    fail(fault);
    stage.repo.as("ada").pushDirect({ "postmortems/gateway.md": GATEWAY });
    await stage.settle();
    await anHourLater();
    expect(stage.repo.issues).toEqual([]);
    stage.gh.faults.clear();
    await stage.recover();
    stage.repo.as("ada").pushDirect({ "postmortems/gateway.md": `${GATEWAY}\n` });
    await stage.settle();
    expect(stage.repo.issues).toEqual([]);
    expect(await known()).toMatchObject({ policyText: "enabled: false\n", policyProblems: [] });
  });

  it("and was never read keeps everything back until it can be", async () => {
    organisation.write({ [POLICY]: "labels: [from-the-organisation]\n" });
    await stage.service.context.store.changeRepository(stage.repo.state.id, { policyOrigin: null, policyText: null });
    fail(fault);
    const pull = await stage.merge({ "postmortems/table.md": TABLE });
    expect(stage.repo.issues).toEqual([]);
    const words = stage.repo.comments(pull).map(({ body }) => body);
    const told = kind === "refused" ? [expect.stringContaining(`\`${POLICY}\` in acme/.github, cannot be read`)] : [];
    expect(words).toEqual(told);
    stage.gh.faults.clear();
    await anHourLater();
    await stage.recover();
    const labels = stage.repo.issues.map((issue) => issue.labels[0]?.name);
    expect(labels).toEqual(["from-the-organisation", "from-the-organisation"]);
    expect(await known()).toMatchObject({ obstacle: null, policyProblems: [] });
  });
});

describe("a policy that switches everything off", () => {
  it("and then on again is noticed within the hour, without anything happening in the repository", async () => {
    await setPolicy("enabled: false\n");
    await stage.merge({ "postmortems/table.md": TABLE });
    expect(stage.repo.issues).toEqual([]);
    organisation.as("ada").pushDirect({ [POLICY]: "enabled: true\nlabels: [from-the-organisation]\n" });
    await stage.settle();
    await anHourLater();
    await stage.recover();
    expect(await known()).toMatchObject({ policyText: "enabled: true\nlabels: [from-the-organisation]\n" });
    expect(stage.repo.issues.map((issue) => issue.labels[0]?.name)).toEqual([
      "from-the-organisation",
      "from-the-organisation",
    ]);
  });
});

describe("a policy that was there", () => {
  const STRICT = "labels: [from-the-organisation]\n";
  const labels = () => stage.repo.issues.flatMap((issue) => issue.labels.map(({ name }) => name));
  beforeEach(() => setPolicy(STRICT));

  it("and is deleted holds no longer", async () => {
    await setPolicy(null);
    await stage.merge({ "postmortems/table.md": TABLE });
    expect(labels()).not.toContain("from-the-organisation");
    expect(await known()).toMatchObject({ policyText: null, policyProblems: [] });
  });

  sampled(it, 2).each([
    ["whose repository is taken from the App", () => stage.installation.removeRepository("acme/.github")],
    ["whose repository is deleted", () => organisation.as("ada").deleteRepository()],
    ["whose repository gets another name", () => organisation.as("ada").renameRepository("dot-github")],
    ["whose repository is given away", () => organisation.as("ada").transferRepository("ada")],
  ])("%s holds, and it is said that it cannot be seen", async (_, happens) => {
    happens();
    await stage.settle();
    const pull = await stage.merge({ "postmortems/table.md": TABLE });
    expect(labels()).toContain("from-the-organisation");
    expect(stage.repo.comments(pull)[0]?.body).toContain(
      `\`${POLICY}\` in acme/.github, cannot be seen any more, and the one that was read last holds`,
    );
  });

  it("is not taken along by a repository that is given to somebody else", async () => {
    stage.gh.organisation("umbrella", { members: ["ada", "lisa", "dev"] });
    stage.gh.installApp({ account: "umbrella" });
    await stage.settle();
    stage.repo.as("ada").transferRepository("umbrella");
    await stage.settle();
    await anHourLater();
    await stage.recover();
    expect(fullNameOf(stage.repo.state)).toBe("umbrella/shop");
    await stage.merge({ "postmortems/table.md": TABLE });
    expect(labels()).not.toContain("from-the-organisation");
    expect(await known()).toMatchObject({ policyText: null, policyProblems: [] });
  });
});

describe("a policy that cannot be read as text", () => {
  const FORMS: readonly (readonly [string, Record<string, FileChange>, RegExp])[] = [
    ["too large", { [POLICY]: `# ${"x".repeat(1_100_000)}\n` }, /too large/],
    ["a folder", { [`${POLICY}/a.yml`]: "enabled: false\n" }, /no file/],
    ["a link to nothing", { [POLICY]: { symlink: "nowhere.yml" } }, /no file/],
    [
      "a pointer to a file kept elsewhere",
      { [POLICY]: "version https://git-lfs.github.com/spec/v1\noid sha256:a\nsize 1\n" },
      /no file/,
    ],
    ["not UTF-8", { [POLICY]: Buffer.from([0x23, 0xff, 0xfe, 0x0a]) }, /UTF-8/],
    ["UTF-16", { [POLICY]: Buffer.from("\ufeffenabled: false\n", "utf16le") }, /UTF-8/],
  ];

  sampled(it, 1).each(FORMS)("%s is told, and is not none", async (_, files, why) => {
    await setPolicy("labels: [from-the-organisation]\n");
    stage.repo.as("ada").pushDirect(files);
    await stage.settle();
    const words = await saidOfAPull();
    expect(words).toMatch(why);
    expect(stage.repo.issues[0]?.labels.map(({ name }) => name)).toContain("from-the-organisation");
  });

  sampled(it, 1).each(FORMS)("%s in the organisation's repository is told without a word of it", async (_, files) => {
    await setPolicy("labels: [from-the-organisation]\n");
    organisation.as("ada").pushDirect({ [POLICY]: null });
    organisation.as("ada").pushDirect(files);
    await stage.settle();
    expect(await saidOfAPull()).toContain("in acme/.github, is invalid at line 1, so the last valid one");
    expect(stage.repo.issues[0]?.labels.map(({ name }) => name)).toContain("from-the-organisation");
  });

  it("with a byte order mark is read", async () => {
    stage.repo.as("ada").pushDirect({ [POLICY]: "\ufefflabels: [marked]\n" });
    await stage.settle();
    await saidOfAPull();
    expect(stage.repo.issues[0]?.labels.map(({ name }) => name)).toContain("marked");
  });
});
