/** Work that its postmortem gives up: no issue for it, and the issue it had closes as not planned, until the postmortem takes it up again. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/2024-09-12-oven.md";
const postmortem = (...items: string[]) =>
  `# Oven cold\n\n**Date:** 2024-09-12\n\n## Action items\n\n${items.join("\n")}\n`;
const DOOR = "- [ ] Oil the door - @lisa";

it("opens nothing, closes as not planned, and is opened again", async () => {
  const pull = await stage.merge({
    [PATH]: postmortem(DOOR, "- [ ] Buy a timer - @dev", "- [ ] ~~Paint the wall~~ @dev"),
  });
  expect(stage.trackingIssues().map(({ title, state }) => [title, state])).toEqual([
    ["Oil the door", "open"],
    ["Buy a timer", "open"],
  ]);
  expect(stage.status(pull)).toContain("0 of 3 action items done, 1 will not be done");

  await stage.merge({ [PATH]: postmortem("- [-] Oil the door - @lisa", "- [ ] Buy a timer - @dev") });
  const door = () => stage.trackingIssues()[0];
  expect(door()).toMatchObject({ state: "closed", stateReason: "not_planned" });
  expect(door()?.body).toContain("will not be done, says the [postmortem]");
  expect(stage.status(pull)).toMatch(/Will not be done.*Oil the door/);

  const before = stage.gh.requests.length;
  for (const delivery of [...stage.gh.webhooks.log]) stage.gh.webhooks.redeliver(delivery);
  await stage.settle();
  expect(stage.spent(before, "PATCH") + stage.spent(before, "POST")).toBe(0);

  await stage.merge({ [PATH]: postmortem(DOOR, "- [ ] Buy a timer - @dev") });
  expect(door()).toMatchObject({ state: "open" });
  expect(stage.trackingIssues()).toHaveLength(2);
});
