/** Whether an issue that a document links can be followed in the place of one of the App's own. */
import type { IssueFacts } from "../../github/port.js";
import type { Scene } from "./scene.js";

/** The issue of that number in this repository, where it is a person's, no pull request, and followed for no other item. */
export async function linkedIssue({ store, repository, github }: Scene, number: number): Promise<IssueFacts | null> {
  if (await store.itemOfIssue(repository.id, number)) return null;
  const facts = await github.issue(number);
  return facts && !facts.isPull && facts.author !== github.bot ? facts : null;
}
