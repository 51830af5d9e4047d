/** Two tenants of one App: whatever one writes into markers, neither sees or changes anything of the other. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { itemMarker, statusMarker } from "../../src/render/marker.js";
import { describeOnBothEngines } from "../support/databases.js";
import { forgeAnything, known } from "../support/forgeries.js";
import { ATTACKER_PATH, CANARY, readable, Tenants, VICTIM_PATH } from "../support/tenants.js";

describeOnBothEngines("two tenants", (open) => {
  let tenants: Tenants;
  beforeEach(async () => {
    tenants = await Tenants.start((await open.address()).databaseUrl);
  });
  afterEach(() => tenants.stage.close());

  /** Where the forged marker is put, while the App is not told: people may edit what a bot wrote. */
  const forgeries: Record<string, () => Promise<void>> = {
    "in the status comment": async () => {
      const { document, theirs } = await known(tenants);
      const [comment] = tenants.attacker.comments(tenants.homes.attacker);
      const forged = statusMarker([{ ...document, id: theirs.document, firstPath: VICTIM_PATH }]);
      tenants.attacker.as("mallory").editComment(comment?.id ?? 0, `${comment?.body}\n${forged}`);
    },
    "in a tracking issue": async () => {
      const { document, item, issue, theirs } = await known(tenants);
      const stolen = { ...document, id: theirs.document, firstPath: VICTIM_PATH };
      const forged = itemMarker("item", { ...item, id: theirs.items[0] ?? "" }, stolen);
      const { body } = tenants.attacker.issue(issue);
      const edited = (body ?? "").replace(/<!-- follow-through:item .* -->/, () => forged);
      expect(edited).toContain(forged);
      tenants.attacker.as("mallory").editIssueBody(issue, edited);
    },
  };

  it.each(Object.keys(forgeries))(
    "the leak: the victim's ids %s neither show nor take anything of theirs",
    async (where) => {
      const { victim, attacker, stage, homes } = tenants;
      const [before, seen] = [await tenants.rowsOf(victim), readable(victim)];
      expect(before.items).toHaveLength(3);

      stage.gh.webhooks.drop = () => true;
      await forgeries[where]?.();
      await tenants.readAnew(attacker);
      await tenants.workOn(attacker);
      stage.gh.webhooks.drop = () => false;
      attacker
        .as("mallory")
        .pushDirect({ [ATTACKER_PATH]: "# Ours\n\n## Action items\n\n- [ ] Sweep the floor again\n" });
      await stage.settle();

      expect(readable(attacker).toLowerCase()).not.toContain(CANARY);
      expect(JSON.stringify(await tenants.rowsOf(attacker)).toLowerCase()).not.toContain(CANARY);
      expect(await tenants.rowsOf(victim)).toEqual(before);
      expect(readable(victim)).toBe(seen);

      // And the victim is still followed: a closed issue shows in their status comment.
      victim.as("lisa").closeIssue(before.items[0]?.issue?.number ?? 0);
      await stage.settle();
      expect(stage.status(homes.victim)).toContain("1 of 3 action items done");
    },
  );

  it("any forged markers, anywhere in what the App wrote: neither sees or changes anything of the other, and no pass ends", async () => {
    await forgeAnything(tenants, 6);
  });
});
