/** What opens nothing by itself, and what is left alone. */
import { afterEach, describe, expect, it } from "vitest";
import { another, GATEWAY, TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
afterEach(() => stage.close());

const OLD = TABLE.replace("2024-09-10", "2023-01-10");

describe("guards against noise", () => {
  it("follows through an old postmortem that a pull request adds", async () => {
    stage = await Stage.start();
    await stage.merge({ "postmortems/old.md": OLD });
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("opens nothing for an old, untracked one that is only edited, and names the command that would", async () => {
    stage = await Stage.start({ files: { "postmortems/old.md": OLD } });
    const pull = await stage.merge({ "postmortems/old.md": `${OLD}\nA typo less.\n` });
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(stage.status(pull)).toContain("comment `/follow-through open` on this pull request");
  });

  it("follows through a recent, untracked one that is edited", async () => {
    stage = await Stage.start({ files: { "postmortems/cache.md": TABLE } });
    await stage.merge({ "postmortems/cache.md": `${TABLE}\nMore.\n` });
    expect(stage.trackingIssues()).toHaveLength(2);
  });

  it("opens nothing above fifty new items in one pull request", async () => {
    stage = await Stage.start();
    const items = Array.from({ length: 51 }, (_, index) => `- [ ] Fix the thing that is numbered ${index}`);
    const pull = await stage.merge({ "postmortems/big.md": `# Big\n\n## Action items\n\n${items.join("\n")}\n` });
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(stage.status(pull)).toContain("more new action items than one pull request opens by itself");
  });

  sampled(it, 3).each([
    [
      "a pull request that is not merged",
      async () => {
        const pull = stage.repo.as("ada").proposeFiles({ "postmortems/a.md": GATEWAY }, "Add");
        stage.repo.as("ada").closeIssue(pull.number);
        await stage.settle();
      },
    ],
    [
      "a merge into another branch",
      async () => {
        const ada = stage.repo.as("ada");
        ada.commitFiles({ branch: "next", files: { "x.txt": "x" } });
        ada.commitFiles({ branch: "topic", files: { "postmortems/a.md": GATEWAY } });
        ada.mergePull(ada.openPull({ head: "topic", base: "next", title: "Add" }).number);
        await stage.settle();
      },
    ],
    [
      "a label that opts out",
      async () => {
        const ada = stage.repo.as("ada");
        const pull = ada.proposeFiles({ "postmortems/a.md": GATEWAY }, "Add");
        ada.label(pull.number, "no-follow-through");
        ada.mergePull(pull.number);
        await stage.settle();
      },
    ],
    [
      "front matter that opts out",
      () => stage.merge({ "postmortems/a.md": `---\nfollow-through: false\n---\n${GATEWAY}` }),
    ],
    [
      "a policy that is switched off",
      () => stage.merge({ ".github/follow-through.yml": "enabled: false\n", "postmortems/a.md": GATEWAY }),
    ],
    [
      "templates, READMEs and vendored files",
      () =>
        stage.merge({
          "postmortems/template.md": GATEWAY,
          "postmortems/README.md": GATEWAY,
          "vendor/postmortems/a.md": GATEWAY,
        }),
    ],
    [
      "a symlink, and a pointer to a file kept elsewhere",
      () =>
        stage.merge({
          "postmortems/a.md": { symlink: "../README.md" },
          "postmortems/b.md": "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 3\n",
        }),
    ],
  ])("leaves alone %s", async (_, act) => {
    stage = await Stage.start();
    await act();
    expect(stage.repo.issues).toEqual([]);
  });

  it("follows a postmortem that a link leads to once, where it stands, before and after the merge", async () => {
    stage = await Stage.start();
    const ada = stage.repo.as("ada");
    const files = { "postmortems/gateway.md": GATEWAY, "postmortems/latest.md": { symlink: "gateway.md" } };
    const pull = ada.proposeFiles(files, "Add a postmortem");
    await stage.settle();
    expect([...stage.repo.state.checkRuns.values()].at(-1)?.title).toMatch(/^4 action items/);
    ada.mergePull(pull.number);
    await stage.settle();
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(stage.trackingIssues()).toHaveLength(4);
    // Edited at once after the merge: the default branch shows something else than was merged, and is no link.
    const other = another(GATEWAY, "again");
    const next = ada.proposeFiles({ "postmortems/new.md": other }, "Add another", "another");
    ada.mergePull(next.number);
    ada.pushDirect({ "postmortems/new.md": `${other}\n` });
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(8);
  });
});
