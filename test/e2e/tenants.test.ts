/** Two tenants of one App: whatever one writes into markers, neither sees or changes anything of the other. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { itemMarker, statusMarker } from "../../src/render/marker.js";
import { mintDocumentId } from "../../src/tracking/identity.js";
import { describeOnBothEngines } from "../support/databases.js";
import { ATTACKER_PATH, CANARY, readable, startTenants, type Tenants, VICTIM_PATH } from "../support/tenants.js";

describeOnBothEngines("two tenants", (open) => {
  let tenants: Tenants;
  beforeEach(async () => {
    tenants = await startTenants((await open.address()).databaseUrl);
  });
  afterEach(() => tenants.stage.close());

  const store = () => tenants.stage.service.context.store;
  const rowsOf = async (id: number) => ({
    documents: await store().documentsOf(id),
    items: await store().openItems(id),
  });
  const readAnew = async (id: number) => {
    await store().changeRepository(id, { rebuiltAt: null });
    const installationId = (await store().repository(id))?.installationId ?? 0;
    await store().want({ kind: "sweep", installationId, repositoryId: id }, tenants.stage.gh.clock.now());
    await tenants.stage.settle();
  };

  /** The victim's document as the attacker would have it: at home in the attacker's own pull request. */
  const stolen = async () => {
    const [own] = await store().documentsOf(tenants.attacker.state.id);
    if (!own) throw new Error("the attacker's own postmortem is not followed");
    return { ...own, id: mintDocumentId(tenants.victim.state.id, VICTIM_PATH), firstPath: VICTIM_PATH };
  };

  /** Where on GitHub the forged marker is put, while the App is not told: people may edit what a bot wrote. */
  const forgeries: Record<string, () => Promise<void>> = {
    "in the status comment": async () => {
      const { attacker, homes } = tenants;
      const [comment] = attacker.comments(homes.attacker);
      const forged = statusMarker([await stolen()]);
      attacker.as("mallory").editComment(comment?.id ?? 0, `${comment?.body}\n${forged}`);
    },
    "in a tracking issue": async () => {
      const { attacker, victim } = tenants;
      const [item] = await store().openItems(attacker.state.id);
      const [wanted] = await store().openItems(victim.state.id);
      if (!item?.issue || !wanted) throw new Error("nothing is followed");
      const forged = itemMarker("item", { ...item, id: wanted.id }, await stolen());
      const { body } = attacker.issue(item.issue.number);
      const edited = (body ?? "").replace(/<!-- follow-through:item .* -->/, () => forged);
      expect(edited).toContain(forged);
      attacker.as("mallory").editIssueBody(item.issue.number, edited);
    },
  };

  it.each(Object.keys(forgeries))(
    "the leak: the victim's ids %s neither show nor take anything of theirs",
    async (where) => {
      const { victim, attacker, stage, homes } = tenants;
      const [before, seen] = [await rowsOf(victim.state.id), readable(victim)];
      expect(before.items).toHaveLength(2);

      stage.gh.webhooks.drop = () => true;
      await forgeries[where]?.();
      await readAnew(attacker.state.id);
      stage.gh.webhooks.drop = () => false;
      attacker
        .as("mallory")
        .pushDirect({ [ATTACKER_PATH]: "# Ours\n\n## Action items\n\n- [ ] Sweep the floor again\n" });
      await stage.settle();

      expect(readable(attacker).toLowerCase()).not.toContain(CANARY);
      expect(JSON.stringify(await rowsOf(attacker.state.id)).toLowerCase()).not.toContain(CANARY);
      expect(await rowsOf(victim.state.id)).toEqual(before);
      expect(readable(victim)).toBe(seen);

      // And the victim is still followed: a closed issue shows in their status comment.
      victim.as("lisa").closeIssue(before.items[0]?.issue?.number ?? 0);
      await stage.settle();
      expect(stage.status(homes.victim)).toContain("1 of 2 action items done");
    },
  );
});
