/** GitHub's limits: never exceeded, however much there is to do, and one installation's work never in another's way. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  // The emulator counts by the machine's time, as GitHub does by its own: both clocks move together here.
  vi.useFakeTimers({ toFake: ["Date"] });
  stage = await Stage.start();
});
afterEach(async () => {
  await stage.close(); // Fails where a limit was exceeded.
  vi.useRealTimers();
});

const POLICY = { ".github/follow-through.yml": "guards: { max_new_items: 1000 }\n" };

function advance(milliseconds: number): void {
  stage.gh.clock.advance(milliseconds);
  vi.setSystemTime(Date.now() + milliseconds);
}

/** Lets time pass until all is done; gives how many minutes that took. */
async function finish(): Promise<number> {
  const started = Date.now();
  for (let round = 0; round < 100; round++) {
    await stage.settle();
    const next = await stage.service.context.store.work.nextAt(stage.gh.clock.now());
    if (next === null) return (Date.now() - started) / 60_000;
    advance(Date.parse(next) - stage.gh.clock.now().getTime());
  }
  throw new Error("it never ends");
}

const postmortem = (items: readonly string[]) => `# Outage\n\n## Action items\n\n${items.join("\n")}\n`;
const numbered = (count: number, text = "Fix part") =>
  Array.from({ length: count }, (_, index) => `- [ ] ${text} ${index} of the pool`);

describe("more than GitHub allows at once", () => {
  itAtLength(
    "four hundred items take as many minutes as they must, and none is lost",
    { timeout: 120_000 },
    async () => {
      const pull = await stage.merge({ ...POLICY, "postmortems/many.md": postmortem(numbered(400)) });
      const opened = stage.trackingIssues().length;
      expect(opened).toBeGreaterThan(70);
      expect(opened).toBeLessThanOrEqual(80);
      const minutes = await finish();
      expect(minutes).toBeGreaterThan(4);
      expect(minutes).toBeLessThan(8);
      const titles = stage.trackingIssues().map((issue) => issue.title);
      expect([titles.length, new Set(titles).size]).toEqual([400, 400]);
      // The status comment holds no more than GitHub takes, and says what it leaves out.
      const status = stage.status(pull);
      expect(status.length).toBeLessThanOrEqual(65_536);
      expect(status).toContain("0 of 400 action items done");
      expect(status).toMatch(/more/);
    },
  );

  it("another installation is not kept waiting", { timeout: 60_000 }, async () => {
    stage.gh.organisation("globex", { members: ["ada"] });
    const other = stage.gh.repository("globex/web", { members: { ada: "write" } });
    stage.gh.installApp({ on: ["globex/web"] });
    await stage.settle();
    await stage.service.tick();
    await stage.settle();
    const ada = stage.repo.as("ada");
    for (const name of ["a", "b", "c"]) {
      const files = { ...POLICY, [`postmortems/${name}.md`]: postmortem(numbered(60, `Fix ${name}`)) };
      ada.mergePull(ada.proposeFiles(files, "Add postmortems", name).number);
    }
    const there = other.as("ada");
    there.mergePull(there.proposeFiles({ "postmortems/a.md": TABLE }, "Add a postmortem").number);
    // No time passes: the first has used up what it may, the second is through.
    await stage.settle();
    expect(stage.trackingIssues().length).toBeLessThanOrEqual(80);
    expect(other.issues).toHaveLength(2);
    await finish();
    expect(stage.trackingIssues()).toHaveLength(180);
  });
});

describe("more than GitHub takes in one thing", () => {
  const only = () => {
    const [issue, ...others] = stage.trackingIssues();
    if (!issue || others.length > 0) throw new Error("one issue was expected");
    return issue;
  };

  sampled(it, 2).each([256, 255, 257, 400])(
    "an item of %i characters: a title of 256 at most, the whole in the body",
    async (length) => {
      const text = `Fix ${"the pool and ".repeat(40)}`.slice(0, length - 1);
      await stage.merge({ "postmortems/a.md": postmortem([`- [ ] ${text}x`]) });
      const { title, body } = only();
      expect(title.length).toBeLessThanOrEqual(256);
      expect(title).toBe(length <= 256 ? `${text}x` : title);
      expect(body).toContain(`${text}x`);
    },
  );

  it("characters of two halves are not cut apart", async () => {
    await stage.merge({ "postmortems/a.md": postmortem([`- [ ] Fix the pool ${"🧯".repeat(200)} and its size`]) });
    expect(only().title).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  it("an item of 70,000 characters: a body of 65,536 at most", async () => {
    const pull = await stage.merge({ "postmortems/a.md": postmortem([`- [ ] Fix ${"the pool and ".repeat(5_400)}`]) });
    expect((only().body ?? "").length).toBeLessThanOrEqual(65_536);
    expect(stage.status(pull)).toContain("0 of 1 action item done");
  });

  it("twelve owners: ten are assigned, and the issue is opened at the first try", async () => {
    const logins = Array.from({ length: 12 }, (_, index) => `dev${String(index).padStart(2, "0")}`);
    for (const login of logins) {
      stage.gh.user(login);
      stage.repo.setRole(login, "write");
    }
    const owners = logins.map((login) => `@${login}`).join(", ");
    await stage.merge({
      "postmortems/a.md": `# Outage\n\n## Action items\n\n| Action | Owner |\n|---|---|\n| Fix the pool size | ${owners} |\n`,
    });
    expect(only().assignees).toHaveLength(10);
    expect(stage.gh.requests.filter(({ status }) => status === 422)).toEqual([]);
  });
});
