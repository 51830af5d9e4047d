import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusal, SHOP, type Stage, stage } from "./support.js";

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(async () => {
  expect(s.gh.violations).toEqual([]);
  await s.gh.close();
});

const create = (fields: object) => s.octokit.rest.issues.create({ ...SHOP, title: "x", ...fields });

describe("what GitHub refuses", () => {
  it("fails a whole creation for one login that cannot be assigned", async () => {
    const { status, message, errors } = await refusal(create({ assignees: ["ada", "eve"] }));
    expect([status, message]).toEqual([422, "Validation Failed"]);
    expect(errors).toEqual([{ value: "eve", resource: "Issue", field: "assignees", code: "invalid" }]);
    expect(s.repo.issues).toEqual([]);
    const check = (assignee: string) => s.octokit.rest.issues.checkUserCanBeAssigned({ ...SHOP, assignee });
    expect((await check("ada")).status).toBe(204);
    expect((await refusal(check("eve"))).status).toBe(404);
  });

  it("leaves out whom it cannot assign when assignees are added later", async () => {
    await create({});
    const { data } = await s.octokit.rest.issues.addAssignees({ ...SHOP, issue_number: 1, assignees: ["ada", "eve"] });
    expect(data.assignees?.map((a) => a.login)).toEqual(["ada"]);
  });

  it("keeps one assignee on a private repository of the free plan", async () => {
    s.repo.state.private = true;
    s.repo.state.owner.plan = "free";
    const { data } = await create({ assignees: ["ada", "ben"] });
    expect(data.assignees).toHaveLength(1);
  });

  it("holds titles, bodies, assignees, labels and comments to their limits", async () => {
    expect((await create({ title: "t".repeat(256), body: "b".repeat(65_536) })).status).toBe(201);
    const long = await refusal(create({ title: "t".repeat(257) }));
    expect(long.errors).toMatchObject([{ field: "title", message: "title is too long (maximum is 256 characters)" }]);
    expect((await refusal(create({ body: "b".repeat(65_537) }))).status).toBe(422);
    expect((await refusal(create({ title: " " }))).status).toBe(422);
    const logins = Array.from({ length: 11 }, (_, i) => `person${i}`);
    for (const login of logins) s.repo.state.collaborators.set(s.gh.user(login).login, "read");
    expect((await create({ assignees: logins.slice(1) })).data.assignees).toHaveLength(10);
    expect((await refusal(create({ assignees: logins }))).status).toBe(422);
    expect((await refusal(create({ labels: Array.from({ length: 101 }, (_, i) => `l${i}`) }))).status).toBe(422);
    expect((await refusal(create({ labels: ["l".repeat(51)] }))).status).toBe(422);
    const comment = (body: string) => s.octokit.rest.issues.createComment({ ...SHOP, issue_number: 1, body });
    expect((await comment("b".repeat(65_536))).status).toBe(201);
    expect((await refusal(comment("b".repeat(65_537)))).status).toBe(422);
    expect((await refusal(comment(""))).status).toBe(422);
  });

  it("knows what a closed issue is a duplicate of, which must be another that exists, and forgets it when it is reopened", async () => {
    const { data: older } = await create({});
    const { data: newer } = await create({});
    const close = (duplicate_issue_id: number, state_reason: "duplicate" | "completed" = "duplicate") =>
      s.octokit.rest.issues.update({ ...SHOP, issue_number: 2, state: "closed", state_reason, duplicate_issue_id });
    for (const id of [older.id + 999, newer.id]) {
      expect((await refusal(close(id))).errors).toMatchObject([{ field: "duplicate_issue_id", code: "invalid" }]);
    }
    expect((await close(older.id + 999, "completed")).data.state_reason).toBe("completed");
    expect((await close(older.id)).data.state_reason).toBe("duplicate");
    expect(s.repo.issue(2).duplicateOf?.number).toBe(1);
    await s.octokit.rest.issues.update({ ...SHOP, issue_number: 2, state: "open" });
    expect(s.repo.issue(2).duplicateOf).toBeNull();
  });

  it("answers for disabled issues, locked conversations and archived repositories", async () => {
    await create({});
    const ada = s.repo.as("ada");
    const comment = () => s.octokit.rest.issues.createComment({ ...SHOP, issue_number: 1, body: "b" });
    ada.lock(1);
    expect(await refusal(comment())).toMatchObject({ status: 403, message: expect.stringMatching(/issue is locked/) });
    ada.unlock(1);
    ada.disableIssues();
    expect(await refusal(create({}))).toMatchObject({ status: 410, message: "Issues are disabled for this repo" });
    ada.enableIssues();
    ada.archive();
    expect(await refusal(create({}))).toMatchObject({
      status: 403,
      message: expect.stringMatching(/archived so is read-only/),
    });
    expect((await s.octokit.rest.issues.listForRepo(SHOP)).data).toHaveLength(1);
  });

  it("answers 410 for a deleted issue and follows a transferred one", async () => {
    await create({});
    await create({ title: "moves" });
    s.gh.repository("acme/other");
    s.installation.addRepository("acme/other");
    s.repo.as("ada").deleteIssue(1);
    s.repo.as("ada").transferIssue(2, "acme/other");
    const get = (issue_number: number) => s.octokit.rest.issues.get({ ...SHOP, issue_number });
    expect((await refusal(get(1))).status).toBe(410);
    expect((await get(2)).data).toMatchObject({
      title: "moves",
      number: 1,
      html_url: expect.stringMatching(/acme\/other\/issues\/1$/),
    });
    const edit = await s.octokit.rest.issues.update({ ...SHOP, issue_number: 2, title: "moved" });
    expect(edit.data.title).toBe("moved");
  });
});

describe("labels", () => {
  it("come into being on an issue, know no case, and are managed", async () => {
    await create({ labels: ["Action-Item"] });
    await s.octokit.rest.issues.addLabels({ ...SHOP, issue_number: 1, labels: ["action-item", "later"] });
    const { data: all } = await s.octokit.rest.issues.listLabelsForRepo(SHOP);
    expect(all.map((l) => l.name)).toEqual(["Action-Item", "later"]);
    await s.octokit.rest.issues.removeLabel({ ...SHOP, issue_number: 1, name: "later" });
    await s.octokit.rest.issues.setLabels({ ...SHOP, issue_number: 1, labels: ["priority/high"] });
    const { data: on } = await s.octokit.rest.issues.listLabelsOnIssue({ ...SHOP, issue_number: 1 });
    expect(on.map((l) => l.name)).toEqual(["priority/high"]);
    const fresh = { ...SHOP, name: "priority/low", color: "aabbcc", description: "d" };
    expect((await s.octokit.rest.issues.createLabel(fresh)).data).toMatchObject({ color: "aabbcc" });
    expect((await refusal(s.octokit.rest.issues.createLabel(fresh))).errors).toMatchObject([
      { code: "already_exists" },
    ]);
    expect((await s.octokit.rest.issues.getLabel({ ...SHOP, name: "priority/low" })).data.description).toBe("d");
    await s.octokit.rest.issues.updateLabel({ ...SHOP, name: "priority/low", new_name: "low" });
    expect((await refusal(s.octokit.rest.issues.getLabel({ ...SHOP, name: "priority/low" }))).status).toBe(404);
  });
});

describe("lists", () => {
  it("come in pages of thirty, with links", async () => {
    for (let i = 0; i < 31; i += 1) s.repo.as("ada").openIssue({ title: `i${i}` });
    const first = await s.octokit.rest.issues.listForRepo(SHOP);
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toMatch(/page=2&after=cursor-\d+>; rel="next"$/);
    const all = await s.octokit.paginate(s.octokit.rest.issues.listForRepo, { ...SHOP, per_page: 10 });
    expect(all.map((i) => i.number)).toEqual(Array.from({ length: 31 }, (_, i) => 31 - i));
  });

  it("end where GitHub ends them, or go on by cursors", async () => {
    for (let i = 0; i < 31; i += 1) s.repo.as("ada").openIssue({ title: `i${i}` });
    for (let i = 0; i < 31; i += 1) s.repo.as("ada").comment(1, `c${i}`);
    s.gh.lists.end = 20;
    s.gh.lists.endWithoutCursor = 20;
    const { rest } = s.octokit;
    const second = await rest.issues.listCommentsForRepo({ ...SHOP, per_page: 10, page: 2 });
    expect(second.headers.link).toMatch(/page=3>; rel="next".*page=2>; rel="last"/);
    const third = await refusal(rest.issues.listCommentsForRepo({ ...SHOP, per_page: 10, page: 3 }));
    expect(third).toMatchObject({ status: 422, message: expect.stringContaining("pagination is limited") });
    const byPage = await refusal(rest.issues.listForRepo({ ...SHOP, per_page: 10, page: 3 }));
    expect(byPage).toMatchObject({ status: 422, message: expect.stringContaining("use cursor based pagination") });
    expect(await s.octokit.paginate(rest.issues.listForRepo, { ...SHOP, per_page: 10 })).toHaveLength(31);
  });

  it("filter issues by time, creator and assignee, and sort them", async () => {
    const ada = s.repo.as("ada");
    ada.openIssue({ title: "old", assignees: ["ben"] });
    s.gh.clock.advance(3_600_000);
    await create({ title: "young" });
    const titles = async (query: object) =>
      (await s.octokit.rest.issues.listForRepo({ ...SHOP, ...query })).data.map((i) => i.title);
    expect(await titles({ since: "2025-03-03T09:30:00Z" })).toEqual(["young"]);
    expect(await titles({ creator: "follow-through[bot]" })).toEqual(["young"]);
    expect(await titles({ assignee: "ben" })).toEqual(["old"]);
    ada.comment(1, "again");
    expect(await titles({ sort: "updated", direction: "asc", state: "all" })).toEqual(["old", "young"]);
    const { data } = await s.octokit.rest.issues.listCommentsForRepo({ ...SHOP, since: "2025-03-03T09:30:00Z" });
    expect(data.map((c) => c.body)).toEqual(["again"]);
  });

  it("know who may do what", async () => {
    s.installation.setPermission("members", "read");
    const permission = async (username: string) =>
      (await s.octokit.rest.repos.getCollaboratorPermissionLevel({ ...SHOP, username })).data;
    expect(await permission("ada")).toMatchObject({ permission: "write", role_name: "write" });
    expect(await permission("ben")).toMatchObject({ permission: "read", role_name: "triage" });
    expect(await permission("eve")).toMatchObject({ permission: "read" });
    expect((await s.octokit.rest.orgs.checkMembershipForUser({ org: "acme", username: "ada" })).status).toBe(204);
    const { data: team } = await s.octokit.rest.teams.getByName({ org: "acme", team_slug: "payments" });
    expect(team).toMatchObject({ slug: "payments", members_count: 1 });
  });
});

describe("a repository's life", () => {
  it("is found under its old name after renaming, for reading and writing", async () => {
    s.repo.as("ada").renameRepository("store");
    expect((await s.octokit.rest.repos.get(SHOP)).data.full_name).toBe("acme/store");
    expect((await create({ title: "kept", body: "all" })).data).toMatchObject({ title: "kept", body: "all" });
    const plain = await fetch(`${s.gh.apiUrl}/repos/acme/shop`, {
      headers: { authorization: `token ${s.gh.tokens.issue(s.installation.state, {}, null).token}` },
      redirect: "manual",
    });
    expect(plain.status).toBe(301);
    expect(await plain.json()).toMatchObject({
      message: "Moved Permanently",
      url: expect.stringMatching(/\/repositories\/\d+$/),
    });
  });

  it("leaves the installation when it is transferred away or removed", async () => {
    s.repo.state.private = true;
    s.repo.as("ada").transferRepository("eve");
    expect((await refusal(s.octokit.rest.repos.get(SHOP))).status).toBe(404);
    const { data } = await s.octokit.rest.apps.listReposAccessibleToInstallation();
    expect(data.total_count).toBe(0);
  });

  it("is found under its owner's old name", async () => {
    s.installation.renameAccount("acme-corp");
    expect((await s.octokit.rest.repos.get(SHOP)).data.full_name).toBe("acme-corp/shop");
  });

  it("keeps what an App wrote that was registered again since", async () => {
    await create({ title: "old" });
    s.gh.registerAppAnew("follow-through-2");
    expect(s.gh.environment.APP_ID).toBe(String(s.gh.world.app.id));
    expect((await refusal(create({}))).status).toBe(401);
    const again = s.gh.installApp({ on: ["acme/shop"] });
    const { token } = s.gh.tokens.issue(again.state, again.state.permissions, null);
    const headers = { authorization: `token ${token}` };
    const issues = await fetch(`${s.gh.apiUrl}/repos/acme/shop/issues`, { headers });
    expect(await issues.json()).toMatchObject([
      { user: { login: "follow-through[bot]" }, performed_via_github_app: { slug: "follow-through" } },
    ]);
  });

  it("takes its open pull requests along when the default branch is renamed", async () => {
    const pull = s.repo.as("ada").proposeFiles({ "a.md": "a\n" }, "Add");
    s.repo.as("ada").renameDefaultBranch("trunk");
    s.repo.as("ada").mergePull(pull.number);
    expect((await s.octokit.rest.repos.get(SHOP)).data.default_branch).toBe("trunk");
    expect((await s.octokit.rest.pulls.get({ ...SHOP, pull_number: 1 })).data.base.ref).toBe("trunk");
  });
});
