/** What holds in a repository, for everything that GitHub may answer when it is asked for the policy of its organisation. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../../emulator/faults.js";
import type { RepositoryHandle } from "../../../emulator/handles.js";
import { Retryable } from "../../../src/errors.js";
import { SILENT } from "../../../src/jobs/log.js";
import { POLICY_PATH } from "../../../src/policy/load.js";
import type { PolicyOrigin } from "../../../src/tracking/types.js";
import { type FoundPolicy, findPolicy } from "../../../src/workflows/parts/policy.js";
import { TABLE } from "../../fixtures/documents.js";
import { aRepository } from "../../store/samples.js";
import { sampled } from "../../support/long.js";
import { Stage } from "../../support/stage.js";

const answer = (status: number, message: string, headers: Record<string, string> = {}): Fault => ({
  kind: "answer",
  status,
  headers,
  body: { message },
});

/**
 * What GitHub may answer instead of the file: it `refuses`, for as long as nobody does anything about it; it `fails`; or
 * nothing else can be asked either, and all `waits`.
 */
const ANSWERS: readonly (readonly [string, Fault, "refuses" | "fails" | "waits"])[] = [
  ["403, forbidden", answer(403, "Resource not accessible by integration"), "refuses"],
  [
    "403, an IP allow list",
    answer(
      403,
      "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled",
    ),
    "refuses",
  ],
  // Octokit tries again for six seconds, by the real clock; the sample does without.
  ["401", answer(401, "Bad credentials"), "fails"],
  ["403, blocked", answer(403, "Repository access blocked"), "refuses"],
  ["403, a primary limit", answer(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0" }), "waits"],
  ["403, a secondary limit", answer(403, "You have exceeded a secondary rate limit"), "waits"],
  ["408", answer(408, "Request Timeout"), "fails"],
  ["409", answer(409, "Git Repository is empty."), "refuses"],
  ["410", answer(410, "Gone"), "refuses"],
  ["422", answer(422, "Validation Failed"), "refuses"],
  ["429", answer(429, "Too Many Requests"), "waits"],
  ["451", answer(451, "Repository access blocked"), "refuses"],
  ["500", answer(500, "Server Error"), "fails"],
  ["502", answer(502, "Bad Gateway"), "fails"],
  ["503", answer(503, "Service Unavailable"), "fails"],
  ["504", answer(504, "Gateway Timeout"), "fails"],
  ["a broken connection", { kind: "reset-before" }, "waits"],
];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());
afterEach(() => {
  stage.gh.faults.clear();
  // Whatever limit was reached is over.
  stage.gh.clock.set(new Date(stage.gh.clock.now().getTime() + 2 * 3_600_000));
});

/** The organisation's `.github` repository, there from when it is first asked for. */
let made: RepositoryHandle | null = null;
function organisation(): RepositoryHandle {
  made ??= stage.gh.repository("acme/.github");
  return made;
}

const LAST = "labels: [read-last]\n";
const READ: PolicyOrigin = { kind: "organisation", owner: "acme", none: false };
const NONE: PolicyOrigin = { kind: "organisation", owner: "ACME", none: true };

/** What is found in acme/shop, given what is remembered. */
async function find(
  policyText: string | null,
  policyOrigin: PolicyOrigin | null,
  owner = "acme",
): Promise<FoundPolicy> {
  const github = await stage.service.context.app.in(stage.installation.id, {
    id: stage.repo.state.id,
    owner: "acme",
    name: "shop",
  });
  const facts = { ...(await github.repository()), owner };
  return findPolicy(github, aRepository({ policyText, policyOrigin }), facts, SILENT);
}

sampled(describe, 5).each(ANSWERS)("where GitHub answers %s", (_, fault, kind) => {
  const fail = () =>
    stage.gh.faults.add({ path: /\/repos\/acme\/\.github\/contents/, times: Number.POSITIVE_INFINITY, fault });

  it.each([
    ["one", LAST, READ, ["read-last"]],
    ["that there is none", null, NONE, ["action-item"]],
  ] as const)("and %s is remembered, that holds", async (_, text, origin, labels) => {
    fail();
    const finding = find(text, origin);
    if (kind === "waits") return expect(finding).rejects.toBeInstanceOf(Retryable);
    const { loaded, origin: after, obstacle } = await finding;
    expect([loaded.policy.labels, loaded.text, after, obstacle]).toEqual([labels, text, origin, null]);
    expect(loaded.problems.map(({ elsewhere }) => elsewhere)).toEqual(kind === "refuses" ? ["acme/.github"] : []);
  });

  it.each([
    ["nothing is", null, null],
    ["only a policy of the repository's own is", LAST, { kind: "own" }],
    ["only another owner's is", LAST, { kind: "organisation", owner: "umbrella", none: false }],
  ] as const)("and %s remembered, it is not taken for none", async (_, text, origin) => {
    organisation();
    fail();
    const finding = find(text, origin);
    if (kind !== "refuses") return expect(finding).rejects.toBeInstanceOf(Retryable);
    expect(await finding).toMatchObject({ origin: null, obstacle: expect.stringContaining("cannot be read") });
  });
});

describe("where GitHub says that there is none", () => {
  it.each([
    ["nothing", null, null],
    ["that there is none", null, NONE],
    ["a policy of the repository's own", LAST, { kind: "own" }],
    ["another owner's", LAST, { kind: "organisation", owner: "umbrella", none: false }],
  ] as const)("and %s is remembered, there is none, without another question", async (_, text, origin) => {
    const from = stage.gh.requests.length;
    expect(await find(text, origin)).toMatchObject({
      loaded: { text: null, problems: [] },
      origin: { kind: "organisation", owner: "acme", none: true },
      obstacle: null,
    });
    expect(stage.spent(from)).toBe(3);
  });

  it("so that the App is not let into a repository that it does not see, there is none", async () => {
    const fault = answer(403, "Resource not accessible by integration");
    stage.gh.faults.add({ path: /\/repos\/umbrella\/\.github\/contents/, fault });
    const github = await stage.service.context.app.in(stage.installation.id, {
      id: stage.repo.state.id,
      owner: "acme",
      name: "shop",
    });
    const elsewhere = {
      ...github,
      ...(await stage.service.context.app.in(stage.installation.id, { id: stage.repo.state.id, ...UMBRELLA })),
    };
    const facts = { ...(await github.repository()), owner: "umbrella" };
    const { loaded, obstacle } = await findPolicy(
      { ...elsewhere, file: github.file, folder: github.folder },
      aRepository(),
      facts,
      SILENT,
    );
    expect([loaded.text, loaded.problems, obstacle]).toEqual([null, [], null]);
  });

  it("and one is remembered, it is gone where the repository can be seen", async () => {
    organisation();
    expect(await find(LAST, READ)).toMatchObject({ loaded: { text: null, problems: [] }, origin: NONE_OF_ACME });
  });

  it("a repository of that name is not asked for twice", async () => {
    organisation();
    const github = await stage.service.context.app.in(stage.installation.id, {
      id: stage.repo.state.id,
      owner: "acme",
      name: ".github",
    });
    const from = stage.gh.requests.length;
    const { loaded } = await findPolicy(github, aRepository({ policyText: null }), await github.repository(), SILENT);
    expect(loaded).toMatchObject({ text: null, problems: [] });
    expect(stage.gh.requests.slice(from).filter(({ path }) => path.includes("/contents/"))).toHaveLength(1);
  });
});

describe("under either ending", () => {
  const YAML = ".github/follow-through.yaml";
  const text = (name: string) => `labels: [${name}]\n`;

  it.each([
    ["own", { [POLICY_PATH]: text("yml") }, "yml", 0, 3],
    ["own", { [YAML]: text("yaml") }, "yaml", 0, 3],
    ["own", { [POLICY_PATH]: text("yml"), [YAML]: text("yaml") }, "yml", 1, 3],
    ["organisation", { [POLICY_PATH]: text("yml") }, "yml", 0, 4],
    ["organisation", { [YAML]: text("yaml") }, "yaml", 0, 4],
    ["organisation", { [POLICY_PATH]: text("yml"), [YAML]: text("yaml") }, "yml", 1, 4],
  ] as const)("%s: %j is found, and a second one is told", async (kind, files, label, told, requests) => {
    const repo = kind === "own" ? stage.repo : organisation();
    repo.write(files);
    const from = stage.gh.requests.length;
    const { loaded, origin, path } = await find(null, null);
    expect([loaded.policy.labels, origin?.kind]).toEqual([[label], kind]);
    expect(path).toBe(Object.keys(files)[0]);
    expect(stage.spent(from)).toBe(requests);
    expect(loaded.problems).toHaveLength(told);
    for (const { message, harmless } of loaded.problems) {
      expect(harmless).toBe(true);
      expect(message).toMatch(/`\.github\/follow-through\.yaml` beside it is not read; delete one of the two/);
    }
    repo.write({ [POLICY_PATH]: null, [YAML]: null });
  });

  it("is followed by what the push brings, and links lead to it", async () => {
    stage.repo.as("ada").pushDirect({ [YAML]: "labels: [pushed]\nlabel: oops\n" });
    await stage.settle();
    expect(await stage.service.context.store.repository(stage.repo.state.id)).toMatchObject({
      policyProblems: [{ line: 2 }],
    });
    const pull = await stage.merge({ "postmortems/table.md": TABLE });
    expect(stage.status(pull)).toContain(`/blob/main/${YAML}?plain=1#L2`);
    stage.repo.as("ada").pushDirect({ [YAML]: text("fixed"), [POLICY_PATH]: text("first") });
    await stage.settle();
    expect(stage.status(pull)).toContain("> [!NOTE]");
    expect(stage.status(pull)).toContain("beside it is not read");
    expect(stage.status(pull)).not.toContain("is invalid");
  });
});

const UMBRELLA = { owner: "umbrella", name: "shop" };
const NONE_OF_ACME = { kind: "organisation", owner: "acme", none: true };
