/** What happened before is named, with what is still open of it, in the check and in the status comment. */
import { afterEach, describe, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { visible } from "../render/samples.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
afterEach(() => stage.close());

const postmortem = (title: string, date: string, cause: string, items: string) => `# ${title}

**Date:** ${date}

## Summary

The bakery's ordering site was degraded and customers could not order bread.

## Root cause

${cause}

## Action items

${items}
`;

const LEAK = postmortem(
  "Checkout hung",
  "2024-03-03",
  "The cursor of `order_history` was never closed, so `pgpool` ran out of connections and checkout hung.",
  "- [ ] Close every cursor in a finally block - @lisa - due 2024-04-01\n- [x] Raise the pool - @lisa\n",
);
const AGAIN = postmortem(
  "Orders hung again",
  "2024-09-12",
  "A new report left its cursor on `order_history` open, `pgpool` had no connections left, and checkout hung.",
  "- [ ] Watch the pool - @dev - due 2024-10-01\n",
);
const APART = postmortem(
  "Oven cold",
  "2024-05-05",
  "The certificate of `oven-gateway` expired, since its reminder went to a list nobody reads.",
  "- [ ] Renew by machine - @dev - due 2024-10-01\n",
);
const [FIRST, SECOND] = ["postmortems/2024-03-leak.md", "postmortems/2024-09-again.md"];

/** The report on an open pull request. */
async function check(repo: RepositoryHandle, files: Record<string, string>, branch: string): Promise<string> {
  const pull = repo.as("ada").proposeFiles(files, "Add", branch);
  await stage.settle();
  return repo.checks(repo.issue(pull.number).pull?.head.sha ?? "").at(-1)?.summary ?? "";
}

describe("an incident that happened before", () => {
  it("is named in the check and in the status comment, with what is open of it, and kept true", async () => {
    stage = await Stage.start();
    const [first] = [await stage.merge({ [FIRST]: LEAK }), await stage.merge({ "postmortems/2024-05-oven.md": APART })];
    expect(visible(stage.status(first))).not.toContain("Possibly related");
    const told =
      "- Shares `order_history`, `pgpool`, `cursor`, `checkout` with [Checkout hung](URL/acme/shop/blob/main/postmortems/2024-03-leak.md) (Sun 3 Mar 2024): 1 of its 2 items is open, overdue since Mon 1 Apr 2024.";
    const said = await check(stage.repo, { [SECOND]: AGAIN }, "topic");
    expect(said).toContain("**Possibly related**");
    expect(said).toMatch(/- Shares `order_history`, `pgpool`.* with \[Checkout hung\]/);
    const second = await stage.merge({ [SECOND]: AGAIN });
    const words = (line: string) =>
      line.replace(/Shares .* with/, "Shares with").replace(stage.service.context.web, "URL");
    const line =
      stage
        .status(second)
        .split("\n")
        .find((one) => one.startsWith("- Shares")) ?? "";
    expect(words(line)).toBe(words(told));

    const [issue] = stage.trackingIssues();
    stage.repo.as("lisa").closeIssue(issue?.number ?? 0);
    await stage.settle();
    await stage.advanceTo("2024-09-16T10:05:00Z");
    expect(stage.status(second)).toContain("none of its 2 items is open");
    const before = stage.gh.requests.length;
    await stage.advanceTo("2024-09-16T11:05:00Z");
    expect(stage.spent(before, "PATCH")).toBe(0);
  });

  it("is found again by a database that was read back from GitHub, and not once it is gone", async () => {
    stage = await Stage.start();
    await stage.merge({ [FIRST]: LEAK });
    const second = await stage.merge({ [SECOND]: AGAIN });
    const before = stage.status(second);
    expect(before).toContain("Possibly related");
    const { store } = stage.service.context;
    await store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
    await stage.advanceTo("2024-09-16T10:05:00Z");
    expect(await store.profileVersions(stage.installation.id)).toHaveLength(2);
    expect(stage.status(second)).toBe(before);
    stage.repo.as("ada").pushDirect({ [FIRST]: null });
    await stage.settle();
    await stage.advanceTo("2024-09-16T11:05:00Z");
    expect(await store.profileVersions(stage.installation.id)).toHaveLength(1);
    expect(visible(stage.status(second))).not.toContain("Possibly related");
  });

  it("names what was promised then and is still open, once more than likely only", async () => {
    stage = await Stage.start();
    await stage.merge({ [FIRST]: LEAK });
    const promises = "- [ ] Close all cursors in finally blocks - @dev\n- [ ] Watch the cursors - @dev\n";
    const again = AGAIN.replace(/- \[ \] Watch.*\n/, promises);
    const number = stage.trackingIssues()[0]?.number;
    const line = `  - “Close all cursors in finally blocks” was promised there, and is still open: [#${number}](`;
    const said = await check(stage.repo, { [SECOND]: again }, "topic");
    expect(said.split("was promised there")).toHaveLength(2);
    expect(said).toContain(line);
    const second = await stage.merge({ [SECOND]: again });
    expect(stage.status(second)).toContain(line);
  });

  it.each(["on the pull request", "on a tracking issue"])(
    "stays away once it was said %s to be unrelated",
    async (where) => {
      stage = await Stage.start();
      const first = await stage.merge({ [FIRST]: LEAK });
      const second = await stage.merge({ [SECOND]: AGAIN });
      const issue = stage.trackingIssues().find(({ title }) => title.includes("Watch the pool"))?.number ?? 0;
      const at = where === "on the pull request" ? second : issue;
      stage.repo.as("eve").comment(at, `/unrelated #${first}`);
      await stage.settle();
      expect(visible(stage.status(second))).toContain("Possibly related");
      const { id } = stage.repo.as("ada").comment(at, `/unrelated #${first}`);
      await stage.settle();
      expect(
        stage.repo
          .comments(at)
          .find((one) => one.id === id)
          ?.reactions.map(({ content }) => content),
      ).toEqual(["+1"]);
      expect(visible(stage.status(second))).not.toContain("Possibly related");
      await stage.service.context.store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
      await stage.advanceTo("2024-09-16T10:05:00Z");
      stage.repo.as("ada").pushDirect({ [SECOND]: `${AGAIN}\nMore.\n` });
      await stage.settle();
      expect(visible(stage.status(second))).not.toContain("Possibly related");
    },
  );

  /** `acme/shop`, which is public, two private ones beside it, and one of another owner's. */
  async function startFour() {
    stage = await Stage.start();
    const { gh, installation } = stage;
    const secret = gh.repository("acme/secret", { private: true, members: { ada: "write", lisa: "write" } });
    const vault = gh.repository("acme/vault", { private: true, members: { ada: "write" } });
    gh.organisation("rivals", { members: ["ada"] });
    const lab = gh.repository("rivals/lab", { members: { ada: "write" } });
    for (const name of ["acme/secret", "acme/vault"]) installation.addRepository(name);
    gh.installApp({ on: ["rivals/lab"], by: "ada" });
    await stage.settle();
    await stage.service.tick();
    await stage.settle();
    return { secret, vault, lab, shop: stage.repo };
  }

  sampled(it, 1).each([
    ["shop", ["secret", "vault", "shop"]],
    ["secret", ["secret"]],
  ] as const)("in %s is told where no more people read, and to no other tenant", async (where, told) => {
    const places = await startFour();
    const author = places[where].as("ada");
    author.mergePull(author.proposeFiles({ [FIRST]: LEAK.replace("Checkout hung", "Canary hung") }, "Add").number);
    await stage.settle();
    const named: string[] = [];
    for (const [name, repo] of Object.entries(places)) {
      const said = await check(repo, { [SECOND]: AGAIN }, "topic");
      expect(said).toContain("Orders hung again");
      if (said.includes("Canary")) named.push(name);
    }
    expect(named).toEqual(told);
  });

  itAtLength("is named no more where its repository became private, by the next sweep", async () => {
    const { vault, shop } = await startFour();
    const merge = async (repo: RepositoryHandle, files: Record<string, string>): Promise<number> => {
      const { number } = repo.as("ada").proposeFiles(files, "Add");
      repo.as("ada").mergePull(number);
      await stage.settle();
      return number;
    };
    await merge(shop, { [FIRST]: LEAK });
    const home = await merge(vault, { [SECOND]: AGAIN });
    const told = () =>
      vault
        .comments(home)
        .map(({ body }) => visible(body))
        .join("\n");
    expect(told()).toContain("/acme/shop/blob/main/postmortems/2024-03-leak.md");
    expect(told()).toContain("`/unrelated acme/shop#1`");
    shop.as("ada").setPrivate(true);
    await stage.settle();
    await stage.advanceTo("2024-09-16T10:05:00Z");
    expect(told()).not.toContain("shop/blob");
    expect(told()).toContain("Watch the pool");
  });
});
