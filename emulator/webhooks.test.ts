import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Receiver, receive } from "./receiver.js";
import { SHOP, type Stage, stage } from "./support.js";

const require = createRequire(import.meta.url);

let s: Stage;
let app: Receiver;
beforeEach(async () => {
  s = await stage({ webhookSecret: "a secret" });
  app = await receive("a secret");
  await s.gh.webhooks.settled();
  s.gh.webhooks.log.length = 0;
  s.gh.webhooks.url = app.url;
});
afterEach(async () => {
  await s.gh.close();
  await app.close();
});

async function told(): Promise<string[]> {
  await s.gh.webhooks.settled();
  return app.received.map((r) => r.name);
}

describe("what is told", () => {
  it("tells a merge from the branch's push to the closed pull request, signed", async () => {
    const pull = s.repo.as("ada").proposeFiles({ "postmortems/a.md": "# A\n" }, "Add");
    s.repo.as("ada").mergePull(pull.number);
    // Check suites are told of to every App that may write checks.
    expect(await told()).toEqual([
      "push",
      "check_suite.requested",
      "pull_request.opened",
      "push",
      "check_suite.requested",
      "pull_request.closed",
    ]);
    expect(app.received.every((r) => r.genuine)).toBe(true);
    expect(app.received.at(-1)?.payload).toMatchObject({
      number: 1,
      pull_request: { merged: true, merge_commit_sha: s.repo.head(), base: { ref: "main" } },
      repository: { full_name: "acme/shop" },
      organization: { login: "acme" },
      installation: { id: s.installation.id },
      sender: { login: "ada" },
    });
    expect(app.received.at(-3)?.payload).toMatchObject({
      ref: "refs/heads/main",
      after: s.repo.head(),
      head_commit: { added: ["postmortems/a.md"] },
    });
  });

  it("tells the App of its own writes too, with the bot as sender", async () => {
    const labelled = { ...SHOP, title: "x", labels: ["action-item"], assignees: ["ada"] };
    await s.octokit.rest.issues.create(labelled);
    await s.octokit.rest.issues.createComment({ ...SHOP, issue_number: 1, body: "hello" });
    expect(await told()).toEqual(["issues.opened", "issues.labeled", "issues.assigned", "issue_comment.created"]);
    expect(app.received[0]?.payload.sender).toMatchObject({ login: "follow-through[bot]", type: "Bot" });
  });

  it("tells what people do to an issue, whose words come with CRLF", async () => {
    const ada = s.repo.as("ada");
    ada.openIssue({ title: "x" });
    ada.editIssueBody(1, "one\ntwo");
    ada.comment(1, "/due 2025-04-01\nplease");
    ada.assign(1, "ben");
    ada.unassign(1, "ben");
    ada.closeIssue(1, "not_planned");
    ada.reopenIssue(1);
    ada.deleteIssue(1);
    expect(await told()).toEqual([
      "issues.opened",
      "issues.edited",
      "issue_comment.created",
      "issues.assigned",
      "issues.unassigned",
      "issues.closed",
      "issues.reopened",
      "issues.deleted",
    ]);
    expect(app.received[1]?.payload).toMatchObject({ issue: { body: "one\r\ntwo" }, changes: { body: { from: "" } } });
    expect(app.received[2]?.payload).toMatchObject({ comment: { body: "/due 2025-04-01\r\nplease" } });
  });

  it("tells of installations always, of other events only those subscribed to, of suspended ones nothing", async () => {
    s.gh.repository("acme/other");
    s.installation.addRepository("acme/other");
    s.installation.suspend();
    s.repo.as("ada").openIssue({ title: "unheard" });
    s.installation.unsuspend();
    s.installation.removeRepository("acme/other");
    s.installation.uninstall();
    expect(await told()).toEqual([
      "installation_repositories.added",
      "installation.suspend",
      "installation.unsuspend",
      "installation_repositories.removed",
      "installation.deleted",
    ]);
  });
});

describe("what is not told", () => {
  it("leaves out events without their permission", async () => {
    s.installation.setPermission("issues", null);
    s.repo.as("ada").openIssue({ title: "x" });
    s.repo.as("ada").proposeFiles({ "a.md": "a" }, "Add");
    expect(await told()).toEqual(["push", "check_suite.requested", "pull_request.opened"]);
  });
});

describe("deliveries", () => {
  it("are logged, and a failed one is sent again only when asked, under its GUID", async () => {
    app.status = 500;
    s.repo.as("ada").openIssue({ title: "x" });
    expect(await told()).toHaveLength(1);
    const { data: failed } = await s.app.rest.apps.listWebhookDeliveries({ status: "failure" });
    expect(failed).toMatchObject([{ status: "Invalid HTTP Response: 500", status_code: 500, event: "issues" }]);
    app.status = 200;
    const [delivery] = failed;
    if (delivery === undefined) throw new Error("nothing failed");
    await s.app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(delivery.id) });
    expect(await told()).toEqual(["issues.opened", "issues.opened"]);
    expect(new Set(app.received.map((r) => r.guid))).toEqual(new Set([delivery.guid]));
    const { data: all } = await s.app.rest.apps.listWebhookDeliveries();
    expect(all.map((d) => [d.status, d.redelivery])).toEqual([
      ["OK", true],
      ["Invalid HTTP Response: 500", false],
    ]);
    const { data: one } = await s.app.rest.apps.getWebhookDelivery({ delivery_id: Number(all[0]?.id) });
    expect(one.request.payload).toMatchObject({ action: "opened", issue: { title: "x" } });
    expect(s.gh.violations).toEqual([]);
  });

  it("are paged by a cursor", async () => {
    for (let i = 0; i < 5; i += 1) s.repo.as("ada").openIssue({ title: `x${i}` });
    await told();
    const pages = [];
    for await (const page of s.app.paginate.iterator(s.app.rest.apps.listWebhookDeliveries, { per_page: 2 })) {
      pages.push(page.data.length);
    }
    expect(pages).toEqual([2, 2, 1]);
    expect(s.gh.violations).toEqual([]);
  });

  it("fail where nobody listens", async () => {
    await app.close();
    s.repo.as("ada").openIssue({ title: "x" });
    await s.gh.webhooks.settled();
    expect(s.gh.webhooks.log.at(-1)).toMatchObject({ status: "failed to connect to host", statusCode: 502 });
  });

  it("can be held back, reordered, lost and doubled", async () => {
    const ada = s.repo.as("ada");
    s.gh.webhooks.hold();
    ada.openIssue({ title: "first" });
    ada.closeIssue(1);
    expect(await told()).toEqual([]);
    s.gh.webhooks.release((held) => [...held].reverse());
    expect(await told()).toEqual(["issues.closed", "issues.opened"]);
    s.gh.webhooks.drop = (d) => d.action === "reopened";
    s.gh.webhooks.duplicate = (d) => d.action === "closed";
    ada.reopenIssue(1);
    ada.closeIssue(1);
    expect((await told()).slice(2)).toEqual(["issues.closed", "issues.closed"]);
    expect(app.received.at(-1)?.guid).toBe(app.received.at(-2)?.guid);
  });
});

interface Example {
  name: string;
  examples: Record<string, unknown>[];
}

/** The fields of an example's objects; what is optional there may be absent here, but common ones must be there. */
function missing(example: unknown, ours: unknown, path: string): string[] {
  if (typeof example !== "object" || example === null || Array.isArray(example)) return [];
  if (typeof ours !== "object" || ours === null) return ours === null ? [] : [path];
  const mine = new Map(Object.entries(ours));
  return Object.entries(example).flatMap(([key, value]) => {
    if (!mine.has(key)) return [`${path}.${key}`];
    return missing(value, mine.get(key), `${path}.${key}`);
  });
}

describe("checks", () => {
  it("are asked for on a push, and again by a person", async () => {
    s.installation.state.events.push("check_suite");
    s.repo.as("ada").pushDirect({ "a.md": "a" });
    const fields = { ...SHOP, name: "postmortem", head_sha: s.repo.head(), status: "in_progress" } as const;
    const { data: run } = await s.octokit.rest.checks.create(fields);
    s.repo.as("ada").rerunCheck(Number(run.id));
    const names = await told();
    expect(names).toEqual(["push", "check_suite.requested", "check_run.created", "check_run.rerequested"]);
    expect(app.received[1]?.payload).toMatchObject({ check_suite: { head_branch: "main", head_sha: s.repo.head() } });
  });
});

describe("payloads", () => {
  it("have every field of GitHub's own examples, but for a few old or rare ones", async () => {
    const examples: Example[] = require("@octokit/webhooks-examples");
    const ada = s.repo.as("ada");
    const pull = ada.proposeFiles({ "a.md": "a\n" }, "Add");
    ada.mergePull(pull.number);
    ada.openIssue({ title: "x" });
    ada.comment(2, "hello");
    s.installation.state.events.push("check_suite", "label");
    ada.pushDirect({ "b.md": "b\n" });
    await s.octokit.rest.checks.create({ ...SHOP, name: "postmortem", head_sha: s.repo.head() });
    ada.label(2, "later");
    ada.lock(2);
    ada.archive();
    s.gh.repository("acme/other");
    s.installation.addRepository("acme/other");
    s.installation.suspend();
    s.installation.uninstall();
    await told();
    const gaps = app.received.flatMap(({ name, payload }) => {
      const [event, action] = name.split(".");
      const all = examples.find((e) => e.name === event)?.examples ?? [];
      const example =
        all.find((e) => e.action === action && e.installation !== undefined) ?? all.find((e) => e.action === action);
      return example === undefined ? [`${name} has no example`] : missing(example, payload, name);
    });
    expect(
      [...new Set(gaps)].filter(
        (g) => !/no example|permissions\.|deployment$|milestone|issue\.draft|\.repo\.|anonymous_access/.test(g),
      ),
    ).toEqual([]);
  });
});

describe("a merge queue", () => {
  it("asks for checks of a commit of its own, and merges only once the required one is there", async () => {
    const ada = s.repo.as("ada");
    const pull = ada.proposeFiles({ "a.txt": "a" }, "Add");
    await s.gh.webhooks.settled();
    app.received.length = 0;
    const sha = ada.queuePull(pull.number);
    expect(await told()).toEqual(["push", "check_suite.requested", "merge_group.checks_requested"]);
    expect(app.received.at(-1)?.payload).toMatchObject({
      merge_group: { head_sha: sha, base_sha: s.repo.head(), base_ref: "refs/heads/main", head_commit: { id: sha } },
      sender: { login: "github-merge-queue[bot]" },
    });
    expect(() => ada.mergeQueued(pull.number, "build")).toThrow("waits for the check build");
    const run = { ...SHOP, name: "build", head_sha: sha, status: "completed", conclusion: "success" } as const;
    await s.octokit.rest.checks.create(run);
    ada.mergeQueued(pull.number, "build");
    expect(s.repo.head()).toBe(sha);
    expect((await told()).slice(-4)).toEqual([
      "merge_group.destroyed",
      "push",
      "check_suite.requested",
      "pull_request.closed",
    ]);
  });
});
