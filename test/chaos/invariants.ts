/** What must hold at the end of a world, whatever was killed in it. Read from GitHub, as people see it. */
import {
  markerData,
  markerKey,
  parseItemMarker,
  parseNudgeMarker,
  parseStatusMarker,
} from "../../src/render/marker.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { ITEMS, type World } from "./world.js";

/** `detail`: null where it holds, otherwise what was found instead. */
export interface Finding {
  readonly name: string;
  readonly detail: string | null;
}

export async function invariants(world: World): Promise<Finding[]> {
  const { gh, repo, pull, store } = world;
  const issues = repo.issues.filter((issue) => issue.viaApp);
  const items = issues.flatMap((issue) => parseItemMarker("item", issue.body ?? "")?.item ?? []);
  const tracking = items.map((item) => item.id);
  const digests = issues.filter((issue) => markerData(issue.body ?? "", "digest") !== null);
  const all = [...repo.state.comments.values()];
  const comments = all.filter((comment) => comment.viaApp);
  const thumbs = all.flatMap((comment) => (comment.viaApp ? [] : [comment.reactions.length]));
  const replies = comments.flatMap((comment) => markerKey(comment.body, "reply") ?? []);
  const statuses = comments.filter((comment) => parseStatusMarker(comment.body) !== null);
  const nudges = comments.flatMap((comment) => {
    const nudge = parseNudgeMarker(comment.body);
    return nudge ? [[nudge, ...nudge.also].map(({ item, n }) => `${item} ${n}`)] : [];
  });
  const told = comments.flatMap((comment) => {
    const nudge = parseNudgeMarker(comment.body);
    return nudge ? [`${nudge.on} ${nudge.to.join()}`] : [];
  });
  const weeks = comments.flatMap((comment) => markerKey(comment.body, "digest-week") ?? []);
  const { ready, waiting, leased, dead } = await store.work.stats(new Date());
  const intents = await store.intents(repo.state.id);
  const titles = issues.filter((issue) => !digests.includes(issue)).map((issue) => issue.title);

  const checks = [...repo.state.checkRuns.values()];

  return [
    equal(
      "one check run, on the pull request's head",
      checks.map((check) => [check.headSha, check.conclusion, check.annotations.length]),
      [[repo.issue(pull).pull?.head.sha, "neutral", 6]],
    ),
    equal("twelve tracking issues, one for each item", [...titles].sort(), [...ITEMS].sort()),
    equal("no item has two issues", new Set(tracking).size, ITEMS.length),
    equal(
      "one status comment, on the pull request",
      statuses.map((comment) => comment.issue.number),
      [pull],
    ),
    equal("the status comment tells of all items", /\b0 of 12 action items done/.test(statuses[0]?.body ?? ""), true),
    equal("each item is nudged once", nudges.flat().sort(), tracking.map((id) => `${id} 1`).sort()),
    equal("nobody is told in two comments a day", new Set(told).size, told.length),
    equal("each command is carried out once", carriedOut(items), ["dev moved it", "ada snoozed it"]),
    equal("each comment with commands has one 👍", thumbs, [1, 1]),
    equal("each has one answer", [new Set(replies).size, replies.length], [2, 2]),
    equal("one digest issue", digests.length, 1),
    equal("one digest comment for the week", weeks.length, 1),
    equal("nothing else was written", comments.length, nudges.length + 4),
    equal("no work is left, none was given up", [ready, waiting, leased, dead], [0, 0, 0, 0]),
    equal(
      "no write is left in doubt",
      intents.map((intent) => intent.key),
      [],
    ),
    equal("no request GitHub does not know", gh.violations, []),
    equal("no limit was exceeded", gh.limitBreaches, []),
    equal("the service stops as asked", world.exitCode, 0),
  ];
}

function carriedOut(items: readonly Pick<TrackedItem, "slips" | "snoozes">[]): string[] {
  return [
    ...items.flatMap((item) => item.slips.map(({ by }) => `${by} moved it`)),
    ...items.flatMap((item) => item.snoozes.map(({ by }) => `${by} snoozed it`)),
  ];
}

function equal(name: string, found: unknown, wanted: unknown): Finding {
  const same = JSON.stringify(found) === JSON.stringify(wanted);
  return { name, detail: same ? null : `found ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}` };
}
