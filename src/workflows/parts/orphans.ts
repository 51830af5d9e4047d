/**
 * Tracking issues that another App's bot opened: most likely this App before it was registered again. Only what the App's own
 * bot wrote counts, so nobody follows these any more, and a document of theirs would have them opened again.
 */
import { loadPolicy } from "../../policy/load.js";
import type { Repository } from "../../tracking/types.js";
import type { Context } from "./context.js";
import { itemMarkerOf } from "./markers.js";

/** How many open tracking issues each foreign bot (`old-name[bot]`) left in the repository; empty where there are none. */
export async function orphansByBot(
  { app, log }: Context,
  repository: Repository,
): Promise<ReadonlyMap<string, number>> {
  const github = await app.in(repository.installationId, repository);
  const [label = ""] = loadPolicy(repository.policyText).policy.labels;
  const orphans = new Map<string, number>();
  for (const { author, number, body } of await github.openIssuesLabelled(label)) {
    if (author === github.bot || !author?.endsWith("[bot]")) continue;
    if (!itemMarkerOf({ repository, log }, "item", { number, body })) continue;
    orphans.set(author, (orphans.get(author) ?? 0) + 1);
  }
  return orphans;
}
