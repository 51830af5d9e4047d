/**
 * What there can be to look at. A work item names a thing, never what happened to it: whoever takes it loads the newest
 * state and closes the difference, so lost, repeated and reordered deliveries do no harm.
 */
import { z } from "zod";

const inRepository = { installationId: z.number(), repositoryId: z.number() };
const numbered = { ...inRepository, number: z.number() };

/**
 * That somebody edited a comment. Nobody but the delivery of it tells who did; `by` is null where that is lost. `at`: when, as GitHub wrote it; a later edit has a delivery of
 * its own. `asks`: whether other commands stand there than before.
 */
const editSchema = z
  .object({ comment: z.number(), at: z.string(), by: z.string().nullable(), asks: z.boolean() })
  .readonly();

/** What a push to the default branch changed, of what may matter: its newest commit, and paths. */
const pushSchema = z.object({ head: z.string(), paths: z.array(z.string()).readonly() }).readonly();

export type Push = z.infer<typeof pushSchema>;

/**
 * `stranger`: whoever wrote it has no part in the repository, as far as GitHub tells, so it takes of GitHub's limits only what is
 * not kept for others.
 */
const comments = { ...numbered, edit: editSchema.optional(), stranger: z.literal(true).exactOptional() };

/** Something to look at, as it is kept in the database. */
export const workSchema = z.discriminatedUnion("kind", [
  /** An installation was created, changed, suspended or removed. */
  z.object({ kind: z.literal("installation"), installationId: z.number() }).readonly(),
  /** Deliveries may have failed: ask GitHub for them again. The App's own work, of no installation (0). */
  z.object({ kind: z.literal("deliveries"), installationId: z.literal(0) }).readonly(),
  /** A pull request merged into the default branch: follow its postmortems through. */
  z.object({ kind: z.literal("pull"), ...numbered }).readonly(),
  /**
   * An open pull request may change postmortems: its check run says what the merge will do. `rerun`: a person asked for it
   * again, so GitHub waits to be told of an end. `elsewhere`: it is into another branch than the default one, so only who has every pull
   * request answered wants it.
   */
  z
    .object({
      kind: z.literal("check"),
      ...numbered,
      rerun: z.boolean().default(false),
      elsewhere: z.literal(true).exactOptional(),
    })
    .readonly(),
  /**
   * A merge queue wants checks of a commit. `pull`: the last pull request in it, where its branch names one. `rerun`: a person asked for
   * it again.
   */
  z
    .object({
      kind: z.literal("merge-group"),
      ...inRepository,
      head: z.string(),
      pull: z.number().nullable(),
      rerun: z.boolean(),
    })
    .readonly(),
  /** A tracking issue may have changed. */
  z.object({ kind: z.literal("issue"), ...numbered }).readonly(),
  /** A comment on a tracking issue may hold commands. */
  z.object({ kind: z.literal("commands"), ...comments }).readonly(),
  /** A comment on a postmortem's pull request may hold commands. */
  z.object({ kind: z.literal("pull-commands"), ...comments }).readonly(),
  /**
   * Repository facts or policy may have changed; look for what no webhook told of. `push`: where one push is all that wants it. `glance`: where it is wanted
   * only if the files of the default branch are others than were seen, since a list shows a push.
   */
  z
    .object({
      kind: z.literal("sweep"),
      ...inRepository,
      push: pushSchema.exactOptional(),
      glance: z.literal(true).exactOptional(),
    })
    .readonly(),
  /** Overdue comments that fall due. */
  z.object({ kind: z.literal("nudges"), ...inRepository }).readonly(),
  /** The weekly digest. */
  z.object({ kind: z.literal("digest"), ...inRepository }).readonly(),
  /** A channel is to be told a week's digest, or `person`'s own summary; `of`: the organisation's digest, which stands in the repository. */
  z
    .object({
      kind: z.literal("tell"),
      ...inRepository,
      channel: z.string(),
      week: z.iso.date(),
      person: z.string().nullable(),
      of: z.literal("organisation").optional(),
    })
    .readonly(),
]);

export type Work = z.infer<typeof workSchema>;

/** What is to be done where a thing is wanted once more before it was looked at. */
export function wantedAgain(work: Work): Work {
  if (work.kind !== "sweep") return work;
  const { kind, installationId, repositoryId } = work;
  return { kind, installationId, repositoryId };
}

/** The key under which a thing stands in the work list: a thousand triggers for it are one row. */
export function workKey(work: Work): string {
  switch (work.kind) {
    case "installation":
      return `installation:${work.installationId}`;
    case "deliveries":
      return "deliveries";
    case "pull":
    case "check":
    case "issue":
      return `${work.kind}:${work.repositoryId}:${work.number}`;
    case "merge-group":
      return `${work.kind}:${work.repositoryId}:${work.head}`;
    case "commands":
    case "pull-commands": {
      // Deliveries come in any order, and an older one must not take the newer one's place.
      const edited = work.edit === undefined ? "" : `:${work.edit.comment}:${work.edit.at}`;
      // What may have to wait must not take the place of what need not.
      const by = work.stranger ? ":stranger" : "";
      return `${work.kind}:${work.repositoryId}:${work.number}${edited}${by}`;
    }
    case "tell":
      return `tell:${work.repositoryId}:${work.channel}:${work.person ?? ""}:${work.week}${work.of ? `:${work.of}` : ""}`;
    case "sweep":
    case "nudges":
    case "digest":
      return `${work.kind}:${work.repositoryId}`;
  }
}

/**
 * The lane: of all work in one lane, one piece runs at a time, in any process. A repository is one lane, so its status
 * comments, digest and tracking issues have a single writer (docs/adr/0002). A check writes none of them, so it has a lane
 * of its own and waits for no merge (docs/adr/0011); nor does a merge queue's.
 */
export function workLane(work: Work): string {
  switch (work.kind) {
    case "installation":
    case "deliveries":
    case "check":
    case "merge-group":
      return workKey(work);
    default:
      return `repository:${work.repositoryId}`;
  }
}

/** Lower runs first: what a person waits for before what nobody waits for. */
export function workPriority(work: Work): number {
  switch (work.kind) {
    case "installation":
    case "deliveries":
      return 0;
    case "pull":
    case "check":
    case "merge-group":
    case "issue":
    case "commands":
    case "pull-commands":
      return 1;
    case "nudges":
    case "digest":
    case "tell":
      return 2;
    case "sweep":
      return 3;
  }
}
