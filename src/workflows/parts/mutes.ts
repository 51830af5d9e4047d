/**
 * Who said that they want no nudges, as the App's answers to them tell it. That holds in all repositories of an installation, and whoever may
 * write in one of them can edit the App's comments there, so an answer counts as it was given, or not at all.
 */
import { dateIn } from "../../calendar.js";
import type { CommentFacts } from "../../github/port.js";
import { type MuteMarker, markerKey, parseMuteMarker } from "../../render/marker.js";
import { answerKeys } from "../../render/reply.js";
import { parseCommands } from "../../tracking/commands/parse.js";
import type { Scene } from "./scene.js";

/** Whether nobody changed a comment since it was written. */
export const isAsWritten = ({ createdAt, updatedAt }: CommentFacts): boolean => createdAt === updatedAt;

/** Of all comments of a repository what people said of their own nudges, as far as it can be told that they did. */
export function mutesIn(scene: Scene, all: readonly CommentFacts[]): MuteMarker[] {
  const asking = new Map(
    all.flatMap((comment) => answerKeys(comment.id).map((key) => [`${comment.number} ${key}`, comment] as const)),
  );
  return all.flatMap((answer) => {
    const said = answer.author === scene.github.bot ? parseMuteMarker(answer.body) : null;
    const key = said && markerKey(answer.body, "reply");
    if (!said || key === null) return [];
    if (isAsWritten(answer)) return [said];
    // Who edited it is not told in a list.
    const asked = asking.get(`${answer.number} ${key}`);
    const isTrue = asked && isAsWritten(asked) && asksFor(scene, asked, said);
    if (!isTrue)
      scene.log.warn({ comment: answer.id, issue: answer.number }, "an edited answer to /mute is passed over");
    return isTrue ? [said] : [];
  });
}

/** Whether a comment says what is told of it. */
function asksFor({ policy }: Scene, { author, body, createdAt }: CommentFacts, said: MuteMarker): boolean {
  const written = dateIn(policy.time_zone, new Date(createdAt));
  const until = parseCommands(body, { written, policy })
    .flatMap(({ asks }) => (asks.kind === "mute" || asks.kind === "unmute" ? [asks.until] : []))
    .at(-1);
  return author?.toLowerCase() === said.person && createdAt === said.at && until === said.until;
}
