import { createProbot } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusal, SHOP, type Stage, stage } from "./support.js";

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.gh.close());

describe("who asks", () => {
  it("knows the App by its JWT and the installation by its token", async () => {
    const app = await s.app.rest.apps.getAuthenticated();
    expect(app.data?.slug).toBe("follow-through");
    const { data } = await s.octokit.rest.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map((r) => r.full_name)).toEqual(["acme/shop"]);
    expect(s.gh.violations).toEqual([]);
  });

  it("finds installations by id, repository and organisation", async () => {
    const { data: all } = await s.app.rest.apps.listInstallations();
    expect(all.map((i) => i.id)).toEqual([s.installation.id]);
    const { data: one } = await s.app.rest.apps.getInstallation({ installation_id: s.installation.id });
    expect(one.permissions.issues).toBe("write");
    expect((await s.app.rest.apps.getRepoInstallation(SHOP)).data.id).toBe(s.installation.id);
    expect((await s.app.rest.apps.getOrgInstallation({ org: "acme" })).data.id).toBe(s.installation.id);
    const none = await refusal(s.app.rest.apps.getUserInstallation({ username: "eve" }));
    expect(none.status).toBe(404);
  });

  it("refuses nobody, a wrong key, and a token that has expired", async () => {
    const anonymous = await fetch(`${s.gh.apiUrl}/app`);
    expect(anonymous.status).toBe(401);
    const forged = await fetch(`${s.gh.apiUrl}/app`, { headers: { authorization: "Bearer aGk.aGk.aGk" } });
    expect(forged.status).toBe(401);
    const { token } = s.gh.tokens.issue(s.installation.state, {}, null);
    s.gh.tokens.expireAll();
    const late = await fetch(`${s.gh.apiUrl}/installation/repositories`, {
      headers: { authorization: `token ${token}` },
    });
    expect([late.status, await late.json()]).toMatchObject([401, { message: "Bad credentials" }]);
  });

  it("asks for the permission that an operation needs", async () => {
    s.installation.setPermission("issues", "read");
    const denied = await refusal(s.octokit.rest.issues.create({ ...SHOP, title: "x" }));
    expect(denied).toMatchObject({ status: 403, message: "Resource not accessible by integration" });
  });

  it("gives a suspended installation no token, and an uninstalled one does not exist", async () => {
    s.installation.suspend();
    const asking = () => s.app.rest.apps.createInstallationAccessToken({ installation_id: s.installation.id });
    expect(await refusal(asking())).toMatchObject({ status: 403, message: "This installation has been suspended" });
    s.installation.uninstall();
    expect((await refusal(asking())).status).toBe(404);
  });

  it("shows private repositories only to who covers them, and public ones read-only", async () => {
    s.gh.repository("acme/secret", { private: true });
    s.gh.repository("acme/open");
    expect((await refusal(s.octokit.rest.repos.get({ owner: "acme", repo: "secret" }))).status).toBe(404);
    expect((await s.octokit.rest.repos.get({ owner: "acme", repo: "open" })).status).toBe(200);
    const write = s.octokit.rest.issues.create({ owner: "acme", repo: "open", title: "x" });
    expect((await refusal(write)).status).toBe(403);
  });
});

describe("requests that GitHub does not describe", () => {
  it("refuses an unknown path loudly", async () => {
    expect((await refusal(s.octokit.request("GET /repos/acme/shop/nonsense"))).status).toBe(501);
    expect(s.gh.violations).toHaveLength(1);
  });

  it("refuses text that no UTF-8 can hold, and takes words about it", async () => {
    const create = (title: string) => s.octokit.request("POST /repos/acme/shop/issues", { title });
    expect((await refusal(create("half \ud83d of one"))).status).toBe(400);
    expect(s.gh.violations.map((v) => v.reason)).toEqual(["a text holds half of a character"]);
    s.gh.forgetViolations();
    for (const title of ["a whole one \u{1f600}", "\\ud83d", "\\\\ud83d"])
      expect((await create(title)).status).toBe(201);
    expect(s.gh.violations).toEqual([]);
  });

  it("refuses unknown properties and parameters, and wrong types", async () => {
    await refusal(s.octokit.request("POST /repos/acme/shop/issues", { title: "x", asignees: ["ada"] }));
    await refusal(s.octokit.request("GET /repos/acme/shop/issues", { stat: "open" }));
    await refusal(s.octokit.request("GET /repos/acme/shop/issues", { state: "shut" }));
    await refusal(s.octokit.request("POST /repos/acme/shop/issues", { title: "x", labels: "action-item" }));
    expect(s.gh.violations.map((v) => v.reason)).toEqual([
      expect.stringContaining("asignees"),
      expect.stringContaining("stat"),
      expect.stringContaining("allowed values"),
      expect.stringContaining("labels"),
    ]);
    expect(s.repo.issues).toHaveLength(0);
  });
});

describe("the main job", () => {
  it("opens, reads, changes and lists issues, authored by the bot", async () => {
    const { data: made } = await s.octokit.rest.issues.create({
      ...SHOP,
      title: "Add a circuit breaker",
      body: "why",
      labels: ["action-item", "priority/high"],
      assignees: ["ada"],
    });
    expect(made).toMatchObject({
      number: 1,
      user: { login: "follow-through[bot]", type: "Bot" },
      performed_via_github_app: { slug: "follow-through" },
      created_at: "2025-03-03T09:00:00Z",
      assignees: [{ login: "ada" }],
    });
    await s.octokit.rest.issues.update({ ...SHOP, issue_number: 1, state: "closed", state_reason: "completed" });
    const { data: read } = await s.octokit.rest.issues.get({ ...SHOP, issue_number: 1 });
    expect(read).toMatchObject({ state: "closed", state_reason: "completed", closed_by: { type: "Bot" } });
    const { data: open } = await s.octokit.rest.issues.listForRepo({ ...SHOP });
    const { data: all } = await s.octokit.rest.issues.listForRepo({ ...SHOP, state: "all", labels: "Action-Item" });
    expect([open.length, all.length]).toEqual([0, 1]);
    expect(s.gh.violations).toEqual([]);
  });

  it("writes, edits and lists comments", async () => {
    s.repo.as("ada").openIssue({ title: "x" });
    const { data: comment } = await s.octokit.rest.issues.createComment({ ...SHOP, issue_number: 1, body: "first" });
    await s.octokit.rest.issues.updateComment({ ...SHOP, comment_id: comment.id, body: "second" });
    const { data: list } = await s.octokit.rest.issues.listComments({ ...SHOP, issue_number: 1 });
    expect(list.map((c) => c.body)).toEqual(["second"]);
    const reaction = { ...SHOP, comment_id: comment.id, content: "+1" } as const;
    expect((await s.octokit.rest.reactions.createForIssueComment(reaction)).status).toBe(201);
    expect((await s.octokit.rest.reactions.createForIssueComment(reaction)).status).toBe(200);
    await s.octokit.rest.issues.deleteComment({ ...SHOP, comment_id: comment.id });
    expect(s.repo.comments(1)).toEqual([]);
    expect(s.gh.violations).toEqual([]);
  });

  it("follows a pull request from its files to the merged commit", async () => {
    const pull = s.repo.as("ada").proposeFiles({ "postmortems/a.md": "# Outage\n\nText\n" }, "Add postmortem");
    const number = { ...SHOP, pull_number: pull.number };
    const { data: files } = await s.octokit.rest.pulls.listFiles(number);
    expect(files).toMatchObject([{ filename: "postmortems/a.md", status: "added", additions: 3, deletions: 0 }]);
    s.repo.as("ada").mergePull(pull.number);
    const { data: merged } = await s.octokit.rest.pulls.get(number);
    expect(merged).toMatchObject({ merged: true, merged_by: { login: "ada" }, merge_commit_sha: s.repo.head() });
    const { data: file } = await s.octokit.rest.repos.getContent({ ...SHOP, path: "postmortems/a.md" });
    if (Array.isArray(file) || file.type !== "file") throw new Error("not a file");
    expect(Buffer.from(file.content, "base64").toString()).toBe("# Outage\n\nText\n");
    const { data: tree } = await s.octokit.rest.git.getTree({ ...SHOP, tree_sha: s.repo.head(), recursive: "1" });
    expect(tree.tree.map((t) => [t.path, t.type])).toEqual([
      ["README.md", "blob"],
      ["postmortems", "tree"],
      ["postmortems/a.md", "blob"],
    ]);
    expect(s.gh.violations).toEqual([]);
  });
});

describe("Probot", () => {
  it("finds and trusts this GitHub by the environment it is given", async () => {
    const probot = createProbot({ env: { ...s.gh.environment, LOG_LEVEL: "fatal" } });
    const octokit = await probot.auth(s.installation.id);
    const { data } = await octokit.rest.repos.get(SHOP);
    expect(data.url).toBe(`${s.gh.origin}/api/v3/repos/acme/shop`);
  });
});
