/** The report over what the service follows: in each format, of a period, and with what is wrong with how it was asked for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stage } from "../support/stage.js";
import { followThrough } from "./command.js";

const POSTMORTEM = `# Checkout hung

**Severity:** SEV-1
**Service:** checkout

## Action items

- [ ] Close every cursor - @lisa - due 2024-09-20
- [ ] Alert on a full pool - @dev - due 2024-10-30
- [ ] Write the runbook
- [x] Roll back
`;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start({ files: { ".github/follow-through.yml": "due: { default: null }\n" } });
  await stage.merge({ "postmortems/2024-09-10-checkout.md": POSTMORTEM });
  const [first, second] = stage.trackingIssues();
  if (!first || !second) throw new Error("no tracking issues");
  stage.gh.clock.set(new Date("2024-09-25T10:00:00Z"));
  stage.repo.as("dev").closeIssue(second.number);
  await stage.settle();
});
afterAll(() => stage.close());

const run = (...args: string[]) =>
  followThrough(["report", ...args], { cwd: stage.dataDir, env: { ...stage.gh.environment, DATA_DIR: stage.dataDir } });
const json = async (...args: string[]) => JSON.parse((await run("--json", ...args)).out);

describe("report", () => {
  it("tells the figures of all, asking GitHub nothing and writing nothing", async () => {
    const before = stage.gh.requests.length;
    const { code, out, err } = await run("--until", "2024-09-30");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Action items of all repositories until Mon 30 Sep 2024\n");
    expect(out).toMatch(/^Done +1 of 3 \(33%\)$/m);
    expect(out).toMatch(/^SEV-1 +3 +1\/3 /m);
    expect(stage.gh.requests.length).toBe(before);
  });

  it("--json is one line: what was promised, as it stood at the end of the period", async () => {
    expect(await json("--until", "2024-09-24")).toMatchObject({
      of: "all repositories",
      repositories: [{ name: "acme/shop" }],
      until: "2024-09-24",
      figures: {
        items: 3,
        open: 3,
        overdue: 1,
        done: { count: 0, of: 3 },
        bothAtMerge: { count: 2, of: 3 },
      },
      months: [{ month: "2024-09", opened: 3, done: 0, open: 3, overdue: 1 }],
      by: { owner: [{ name: "dev" }, { name: "lisa" }, { name: null }] },
    });
    expect(await json("--until", "2024-09-25")).toMatchObject({
      figures: { open: 2, done: { count: 1, of: 3 }, byFirstDate: { count: 1, of: 1 }, daysToCloseMedian: 9 },
    });
  });

  it("stands as totals in the service's metrics", async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${stage.service.port}/metrics`)).text();
    const of = (name: string) =>
      Object.fromEntries(
        [...metrics.matchAll(new RegExp(`^follow_through_action_items${name}\\{\\w+="([^"]+)"\\} (\\d+)$`, "gm"))]
          .filter(([, , amount]) => amount !== "0")
          .map(([, label, amount]) => [label, Number(amount)]),
      );
    expect(of("")).toEqual({ overdue: 1, open: 1, done: 2 });
    expect(of("_open")).toEqual({ "0 to 30 days": 2 });
    expect(of("_done")).toEqual({ "by the first date": 1 });
  });

  it("of a later period leaves out what was over before", async () => {
    expect((await json("--since", "2024-09-26", "--until", "2024-09-30")).figures).toMatchObject({
      items: 2,
      opened: 0,
    });
  });

  it("is never of days that have not come, nor come by the time that it takes for now", async () => {
    const { until } = await json("--until", "2999-12-31");
    expect(until).toBe(new Date().toISOString().slice(0, 10));
    expect(await json("--until", "2999-12-31", "--now", "2024-09-24T10:00:00Z")).toEqual(
      await json("--until", "2024-09-24"),
    );
  });

  it("--by chooses, --format says how", async () => {
    const args = ["--until", "2024-09-30", "--by", "service,month"];
    expect(Object.keys((await json(...args)).by)).toEqual(["service", "month"]);
    expect((await run(...args, "--format", "csv")).out.split("\n").slice(1, 4)).toEqual([
      expect.stringMatching(/^all,,3,/),
      expect.stringMatching(/^service,checkout,3,/),
      expect.stringMatching(/^month,2024-09,3,/),
    ]);
    expect((await run(...args, "--format", "markdown")).out).toContain("### By service\n");
    const { out } = await run(...args, "--format", "html");
    expect(out).toMatch(/^<!doctype html>\n/);
    expect(out).toContain('<h2 id="by-service">By service</h2>');
    expect(out).toContain("/acme/shop/issues/");
    expect(out.trimEnd()).toMatch(/<\/html>$/);
  });

  it("--items lists each with its whole state, also what needs no issue", async () => {
    const { out } = await run("--items", "--json");
    const items = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(items).toMatchObject([
      {
        title: "Close every cursor",
        state: "overdue",
        assignees: ["lisa"],
        dueBy: "stated",
        atMerge: { owner: true, date: true },
      },
      { title: "Alert on a full pool", state: "done", closedOn: "2024-09-25", ageDays: 9 },
      { title: "Write the runbook", state: "open", due: null, atMerge: { owner: false, date: false } },
      { title: "Roll back", state: "done", issue: null, url: null },
    ]);
    const then = await run("--items", "--until", "2024-09-24", "--format", "csv");
    expect(then.out.split("\n")).toHaveLength(1 + 3 + 1);
    expect(then.out).toContain(",Alert on a full pool,open,");
  });

  it("--org and --repo choose, in any case", async () => {
    expect((await json("--org", "ACME")).repositories).toHaveLength(1);
    expect((await json("--repo", "Acme/Shop")).of).toBe("Acme/Shop");
  });

  it.each([
    ["an organisation without the App", ["--org", "nobody"], "The App is not installed on nobody."],
    ["a repository without the App", ["--repo", "acme/none"], "The App is not installed on acme/none."],
    ["a day that is none", ["--since", "2024-02-30"], "Write a day as YYYY-MM-DD."],
    ["a period that ends before it begins", ["--since", "2024-09-02", "--until", "2024-09-01"], "before it begins"],
    ["no such facet", ["--by", "severity,mood"], "Choose of severity, priority"],
    ["no such format", ["--format", "pdf"], "Choose one of table, json"],
    ["items as a page", ["--items", "--format", "html"], "Items are not listed as html."],
  ])("says what is wrong with %s", async (_, args, said) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(said);
  });

  it("says what is missing from it", async () => {
    const { store } = stage.service.context;
    await store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
    const { code, err } = await run("--json");
    expect([code, err]).toEqual([
      1,
      "acme/shop: not read from GitHub yet, so it is missing here. Run `follow-through rebuild`.\n",
    ]);
  });
});
