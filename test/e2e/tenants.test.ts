/** Two tenants of one App: whatever one writes into markers, neither sees or changes anything of the other. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { itemMarker, statusMarker } from "../../src/render/marker.js";
import { describeOnBothEngines } from "../support/databases.js";
import { forgeAnything, known } from "../support/forgeries.js";
import { inLongTests, sampled } from "../support/long.js";
import { ATTACKER_PATH, CANARY, readable, Tenants, VICTIM_PATH } from "../support/tenants.js";

describeOnBothEngines("two tenants", (open, engine) => {
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

  const ways = Object.keys(forgeries);
  sampled(it, 1).each(engine === "sqlite" ? ways : inLongTests(ways, []))(
    "the leak: the victim's ids %s neither show nor take anything of theirs",
    async (where) => {
      const { victim, attacker, stage, homes } = tenants;
      const [before, seen] = [await tenants.rowsOf(victim), readable(victim)];
      expect(before.items).toHaveLength(3);

      stage.gh.webhooks.drop = () => true;
      await forgeries[where]?.();
      await tenants.readAgain(attacker);
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

  it("a tracking issue that was transferred is followed by nobody there, not even after its marker was read again", async () => {
    const { victim, stage } = tenants;
    const elsewhere = stage.gh.repository("acme/elsewhere", { members: { ada: "write" } });
    tenants.stage.installation.addRepository("acme/elsewhere");
    await stage.settle();
    const { items } = await tenants.rowsOf(victim);
    const moved = victim.as("ada").transferIssue(items[0]?.issue?.number ?? 0, "acme/elsewhere");
    await stage.settle();
    await tenants.readAgain(elsewhere);
    await tenants.workOn(elsewhere, victim);
    expect(await tenants.rowsOf(elsewhere)).toEqual({ documents: [], items: [] });
    // Where it came from, its item is gone, not done; and it is not opened again.
    expect(stage.status(tenants.homes.victim)).toContain("0 of 3 action items done, 1 gone");
    const body = moved.body;
    elsewhere.as("ada").closeIssue(moved.number);
    await stage.settle();
    expect(moved.body).toBe(body);
    expect(elsewhere.issues).toHaveLength(1);
  });

  it.each([false, true])(
    "a name that passed to another owner (private: %s): each goes on as itself",
    async (isPrivate) => {
      const { victim, stage, homes } = tenants;
      stage.gh.webhooks.drop = () => true;
      stage.installation.renameAccount("acme-inc");
      stage.gh.organisation("acme", { members: ["mallory"] });
      const squatted = stage.gh.repository("acme/shop", { members: { mallory: "admin" }, private: isPrivate });
      stage.gh.webhooks.drop = () => false;
      const seen = readable(squatted);

      // Before the App learns of either, and again after it was installed there too.
      const [first, second] = (await tenants.rowsOf(victim)).items;
      victim.as("lisa").closeIssue(first?.issue?.number ?? 0);
      await stage.recover();
      expect(stage.status(homes.victim)).toContain("1 of 3 action items done");
      stage.gh.installApp({ on: ["acme/shop"], by: "mallory" });
      await stage.recover();
      victim.as("lisa").closeIssue(second?.issue?.number ?? 0);
      await stage.recover();
      expect(stage.status(homes.victim)).toContain("2 of 3 action items done");
      expect(readable(squatted)).toBe(seen);
      expect(await tenants.store.work.deadLetters()).toEqual([]);
      expect((await tenants.store.repositoryNamed("acme", "shop"))?.id).toBe(squatted.state.id);
      expect((await tenants.store.repositoryNamed("acme-inc", "shop"))?.id).toBe(victim.state.id);
    },
  );

  it("any forged markers, anywhere in what the App wrote: neither sees or changes anything of the other, and no pass ends", async () => {
    await forgeAnything(tenants, inLongTests(6, 2));
  });
});
