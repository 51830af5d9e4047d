/** How a command is acknowledged: a 👍 for what is carried out, an answer for the rest. Both can be done again without being seen twice. */
import { Refused } from "../../github/errors.js";
import type { CommentFacts } from "../../github/port.js";
import { markerKey } from "../../render/marker.js";
import type { Reply } from "../../render/reply.js";
import { keepComment } from "./once.js";
import { record } from "./piece.js";
import type { Scene } from "./scene.js";

/** What a comment's author is told; `comment`: its id. */
export interface Acknowledgement {
  readonly comment: number;
  readonly done: boolean;
  readonly reply: Reply | null;
}

/**
 * Acknowledges a comment on issue or pull request `number`; `listed`: all comments there since that one, where they were just listed. Where that
 * is locked, or the comment gone, neither is possible.
 */
export async function acknowledge(
  scene: Scene,
  number: number,
  { comment, done, reply }: Acknowledgement,
  listed?: readonly CommentFacts[],
): Promise<void> {
  await unlessRefused(scene, number, async () => {
    if (done) await scene.github.approve(comment);
    if (reply) {
      const isThis = (text: string) => markerKey(text, "reply") === reply.key;
      await keepComment(scene, { ...reply, number, isThis, listed });
    }
  });
}

/** Does to the answers on issue or pull request `number` what GitHub may refuse: that is told, and what people asked for goes on. */
export async function unlessRefused(scene: Scene, number: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // The comment may be gone; anything else is worth a word.
    if (error.kind !== "missing")
      await record(scene, { kind: "reply", number }, error.kind, `${error.status} ${error.message}`);
  }
}
