/** Commands that no webhook told of: a delivery was lost, or the service was away for longer than GitHub asks it again. */
import type { Work } from "../jobs/work.js";
import type { Edit } from "../tracking/edits.js";
import { runCommands } from "./commands.js";
import { untoldEdits } from "./parts/edited.js";
import { commandComments, lastHeard, pullCommandComments } from "./parts/observe.js";
import { hasRoom } from "./parts/room.js";
import type { Scene } from "./parts/scene.js";
import { collapseStatus } from "./parts/status.js";
import { runPullCommands } from "./pull-commands.js";

/** One list of the repository's comments shows on which issues and pull requests there are any. `homes`: gets those whose status comment may be another now. */
export async function sweepCommands(
  scene: Scene,
  from: string,
  { tracked, pulls }: Readonly<Record<"tracked" | "pulls", readonly number[]>>,
  homes: Set<number>,
): Promise<void> {
  const { github, store, repository } = scene;
  const comments = await github.allComments(from);
  for (const home of await collapseStatus(scene, comments)) homes.add(home);
  for (const pull of pulls) {
    const documents = await store.documentsAtHome(repository.id, pull);
    const asking = pullCommandComments(documents, pull, comments);
    const edits = untoldEdits(asking, lastHeard(documents));
    if (asking.fresh.length + edits.length === 0) continue;
    if (mayLook(scene)) await runPullCommands(scene, pull, edits);
    else await leave(scene, "pull-commands", pull, edits);
  }
  for (const number of tracked) {
    const item = await store.itemOfIssue(repository.id, number);
    if (!item) continue;
    const asking = commandComments(item, comments);
    const edits = untoldEdits(asking, item.heard);
    if (asking.fresh.length + edits.length === 0) continue;
    const document = await store.document(repository.id, item.documentId);
    if (!document) continue;
    if (!mayLook(scene)) await leave(scene, "commands", number, edits);
    else if ((await runCommands(scene, document, item, edits)) && document.home) homes.add(document.home);
  }
}

/** A list does not tell who has a part in the repository, and everybody can comment on every issue of a public one. */
const mayLook = (scene: Scene): boolean => hasRoom(scene, scene.repository.installationId);

/** Leaves it to the work list, where it waits until there is room. */
async function leave(
  { store, repository, wall }: Scene,
  kind: "commands" | "pull-commands",
  number: number,
  edits: readonly Edit[],
): Promise<void> {
  const work: Work = {
    ...{ kind, installationId: repository.installationId, repositoryId: repository.id, number },
    stranger: true,
  };
  for (const one of [work, ...edits.map((edit) => ({ ...work, edit }))]) await store.enqueue(one, wall());
}
