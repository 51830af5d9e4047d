/** What stands under an item goes into its issue, follows the document, and writes nothing where nothing changed. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-oven.md";
const postmortem = (below: string, item = "- [ ] Oil the door - @lisa") =>
  `# Oven cold\n\n**Date:** 2024-09-12\n\n## Action items\n\n${item}\n${below}- [ ] Buy a timer - @dev\n`;
const door = () => stage.trackingIssues()[0]?.body ?? "";

it("shows the details, and follows them", async () => {
  await stage.merge({ [PATH]: postmortem("  - Ask @ana, see #1\n  - Verification: no noise\n") });
  expect(door()).toContain("- Verification: no noise\n");
  expect(door()).not.toMatch(/@ana[^"]*\n- Verification/);
  expect(stage.trackingIssues()[1]?.body).not.toContain("**Details**");

  const before = stage.gh.requests.length;
  for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
  await stage.settle();
  expect(stage.spent(before, "PATCH") + stage.spent(before, "POST")).toBe(0);

  await stage.merge({ [PATH]: postmortem("  - Verification: it opens\n") });
  expect(door()).toContain("- Verification: it opens\n");
  expect(door()).not.toContain("no noise");

  await stage.merge({ [PATH]: postmortem("") });
  expect(door()).not.toContain("**Details**");
  expect(stage.trackingIssues()).toHaveLength(2);
});
