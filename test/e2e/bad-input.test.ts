/** Whatever a document or a repository is like: a clear word, nothing lost, the rest goes on. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

describe("a document that cannot be read as it should", () => {
  it.each([
    ["without action items", "# Outage\n\nIt was bad.\n", "No action items were found"],
    ["over 1 MiB", `# Big\n\n${"x ".repeat(600_000)}\n\n## Action items\n\n- [ ] Fix it\n`, "1 MiB"],
    ["in invalid UTF-8", Buffer.concat([Buffer.from("# Outage\n\n"), Buffer.from([0xff, 0xfe, 0x41])]), "UTF-8"],
    [
      "with broken front matter",
      "---\ntitle: [a\n---\n# Outage\n\n## Action items\n\n- [ ] Fix the pool size\n",
      "front matter",
    ],
    [
      "with front matter that carries code",
      "---js\n{ title: process.exit(3) }\n---\n# Outage\n\n## Action items\n\n- [ ] Fix the pool size\n",
      "front matter",
    ],
  ])("%s: it is said, and the others go on", async (_, text, said) => {
    const pull = await stage.merge({ "postmortems/bad.md": text, "postmortems/good.md": TABLE });
    expect(stage.status(pull)).toContain(said);
    expect(stage.trackingIssues().map((issue) => issue.title)).toEqual(
      expect.arrayContaining(["Watch the hit rate", "Update the runbook"]),
    );
  });

  it("with unreadable dates and unknown owners: said with the line, and an owners block to paste", async () => {
    const pull = await stage.merge({
      "postmortems/a.md":
        "# Outage\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Fix the pool size | Lisa W. | 2024-02-31 |\n",
    });
    expect(stage.status(pull)).toMatch(/\[line 7\]\(.*#L7\)/);
    expect(stage.status(pull)).toContain('  "Lisa W.": "@login"');
    expect(stage.trackingIssues()).toHaveLength(1);
  });

  sampled(it, 2).each([
    ["half of a character", "\\ud800"],
    ["the other half", "\\udc00"],
    ["nothing", "\\0"],
    ["an order to a terminal", "\\e"],
    ["a change of direction", "\\u202e"],
  ])("with front matter that spells %s: it is shown without, from the check to the digest", async (_, spelled) => {
    stage.repo.write({ ".github/follow-through.yml": `labels: [action-item, "late${spelled}"]\n` });
    const matter = `title: "Out${spelled}age"\nincident: "${spelled}INC-1"\nseverity: "SEV${spelled}1"\nservices: ["pay${spelled}"]\ndate: 2024-09-10\n`;
    const pull = await stage.merge({
      "postmortems/a.md": `---\n${matter}---\n## Action items\n\n- [ ] Fix &#xd800; the pool @dev due 2024-09-19\n`,
    });
    expect(stage.status(pull)).toMatch(/\[Outage\]\(.*\)\*\* \(?.*INC-1.* SEV1|SEV1/);
    await stage.advanceTo("2024-09-23T09:05:00Z");
    const texts = [...stage.repo.issues, ...stage.repo.state.comments.values()].map(({ body }) => body ?? "");
    expect(texts.filter((text) => text.includes("Outage")).length).toBeGreaterThanOrEqual(4);
    for (const text of texts) expect(text).not.toMatch(/[\p{Cs}\u202e]|(?!\s)\p{Cc}/u);
  });

  it("with hostile text: nobody is mentioned, nothing closed, no marker forged", async () => {
    const own = stage.repo.as("ada").openIssue({ title: "Unrelated" });
    const evil = `Fixes #${own.number} @eve <!-- follow-through:item {"v":1} --> <img src=x> [x](javascript:1) \`code\``;
    const pull = await stage.merge({
      "postmortems/a.md": `# ${evil}\n\n## Action items\n\n- [ ] ${evil} and fix the pool\n`,
    });
    for (const text of [stage.status(pull), stage.trackingIssues()[0]?.body ?? ""]) {
      // Neither hidden comments nor code notify anybody.
      const visible = text.replace(/<!-- follow-through:[^\n]* -->/g, "").replace(/`[^`]*`/g, "");
      expect(visible).not.toMatch(/@eve/);
      expect(visible).not.toMatch(new RegExp(`#${own.number}\\b`));
      expect(visible).not.toMatch(/<img|<!--|\]\(javascript/);
    }
    expect(text(stage.trackingIssues()[0]?.body).match(/<!-- follow-through:item /g)).toHaveLength(1);
  });
});

const text = (body: string | null | undefined) => body ?? "";

describe("owners", () => {
  it("who cannot be assigned are named in words and never fail the creation", async () => {
    const pull = await stage.merge({
      "postmortems/a.md":
        "# Outage\n\n## Action items\n\n- [ ] Fix the pool size (@eve)\n- [ ] Watch the pool size (@acme/platform)\n",
    });
    const [first, second] = stage.trackingIssues();
    expect(first?.assignees).toEqual([]);
    expect(first?.body).toContain("eve (cannot be assigned here)");
    expect(second?.body).toContain("@acme/platform");
    expect(stage.status(pull)).toContain("`@eve` cannot be assigned in this repository");
  });

  it("beyond the ten that GitHub assigns are named in the issue, and notify nobody", async () => {
    const many = Array.from({ length: 12 }, (_, at) => `lisa${at}`);
    for (const login of many) {
      stage.gh.user(login);
      stage.repo.setRole(login, "write");
    }
    await stage.merge({
      ".github/follow-through.yml": `owners:\n  Everybody: [${many
        .slice(0, 10)
        .map((login) => `"@${login}"`)
        .join(", ")}]\n`,
      "postmortems/a.md":
        "# Outage\n\n## Action items\n\n- [ ] Raise the pool size (owner: Everybody, @lisa10, @lisa11)\n",
    });
    const [issue] = stage.trackingIssues();
    expect(issue?.assignees).toHaveLength(10);
    const mentioned = (issue?.body ?? "").replace(/`[^`]*`/g, "").match(/@lisa\d+/g) ?? [];
    expect(new Set(mentioned).size).toBe(10);
    expect(issue?.body).toContain("(named only: 10 are notified at most)");
  });

  it("are found through the policy's map", async () => {
    await stage.merge({
      ".github/follow-through.yml": 'owners:\n  Marcus R.: "@dev"\n  Web Team: ["@lisa", "@acme/platform"]\n',
      "postmortems/a.md": GATEWAY,
      "postmortems/b.md": TABLE,
    });
    const owners = Object.fromEntries(
      stage.trackingIssues().map((issue) => [issue.title, issue.assignees.map((user) => user.login).join()]),
    );
    expect(owners).toMatchObject({ "Write a runbook for the pool": "dev", "Update the runbook": "lisa" });
  });
});

describe("a policy file with a mistake", () => {
  it("is told on the pull request with its line, and the last valid one holds", async () => {
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "labels: [follow-up]\n" });
    await stage.settle();
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "labels: [follow-up]\nlabel: oops\n" });
    await stage.settle();
    const pull = await stage.merge({ "postmortems/a.md": TABLE });
    expect(stage.status(pull)).toMatch(/\[line 2\].*label: there is no such setting/);
    expect(stage.repo.issues.every((issue) => issue.labels.some((label) => label.name === "follow-up"))).toBe(true);
  });
});

describe("a repository that cannot be worked in", () => {
  it("with issues switched off: said once on the pull request, without a storm", async () => {
    stage.repo.state.hasIssues = false;
    const pull = await stage.merge({ "postmortems/a.md": TABLE });
    expect(stage.repo.comments(pull)).toHaveLength(1);
    expect(stage.repo.comments(pull)[0]?.body).toContain("Issues are switched off");
    const before = stage.gh.requests.length;
    await stage.settle();
    expect(stage.spent(before)).toBe(0);
  });

  it("with a permission missing: nothing is retried, and it goes on once it is granted", async () => {
    await stage.close();
    const permissions = { contents: "read", metadata: "read", pull_requests: "read", issues: "read" } as const;
    stage = await Stage.start({ permissions });
    const pull = await stage.merge({ "postmortems/a.md": TABLE });
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    stage.installation.acceptPermissions({ ...permissions, issues: "write" });
    // A token keeps the permissions it was made with for up to an hour; a new process has a new one.
    await stage.stopService();
    await stage.startService();
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("0 of 2");
  });

  it("with the pull request locked: the status goes onto the first tracking issue", async () => {
    const ada = stage.repo.as("ada");
    const pull = ada.proposeFiles({ "postmortems/a.md": TABLE }, "Add");
    ada.mergePull(pull.number);
    ada.lock(pull.number);
    await stage.settle();
    const [first] = stage.trackingIssues();
    expect(stage.repo.comments(first?.number ?? 0)[0]?.body).toContain("0 of 2 action items done");
  });

  it("that is archived: nothing is written", async () => {
    await stage.merge({ "postmortems/a.md": TABLE });
    stage.repo.as("ada").archive();
    await stage.settle();
    const before = stage.gh.requests.length;
    await stage.advanceTo("2024-10-07T09:05:00Z");
    expect(
      stage.spent(before, "POST") -
        stage.gh.requests.slice(before).filter((r) => r.path.includes("access_tokens")).length,
    ).toBe(0);
  });
});
