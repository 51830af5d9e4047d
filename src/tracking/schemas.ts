/**
 * The shapes of `types.ts`, to be checked where they come back from the outside: a marker that somebody edited, a row that
 * is damaged or was written by another version. A field that a later version adds gets a default here, so that what was
 * written before is still read. `test/tracking/schemas.test.ts` holds these to the types, so that they cannot drift apart.
 *
 * The bounds are far above what the App writes (see `bounds.ts`); what is beyond them was made by somebody else.
 */
import { z } from "zod";
import { MAX_PATH } from "../policy/matching.js";
import { RULES, type RuleId } from "../postmortem/types.js";
import type { Trouble } from "./trouble.js";
import type {
  Installation,
  Kept,
  KeptComment,
  PolicyOrigin,
  Repository,
  TrackedDocument,
  TrackedItem,
} from "./types.js";

const MAX_TEXT = 10_000;
const MAX_LIST = 100;
const MAX_LINE = 100_000_000;
const MAX_COUNT = 1_000_000;

const text = z.string().max(MAX_TEXT);
const texts = z.array(text).max(MAX_LIST);
/** As Git has them: no NUL (PostgreSQL stores none either), no empty part, and none that leads elsewhere (`..`). */
const path = z
  .string()
  .max(MAX_PATH)
  .regex(/^(?!\.{1,2}(?:\/|$))[^\0/]+(?:\/(?!\.{1,2}(?:\/|$))[^\0/]+)*$/);
const line = z.int().min(1).max(MAX_LINE);
const count = z.int().min(0).max(MAX_COUNT);
/** As `isPlainDate`, by one pattern, which costs half: it is asked of every date of every row. */
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
/** GitHub numbers its things from 1, and has outgrown 32 bits. */
const number = z.int().positive();
/** https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication */
const login = z.string().regex(/^[\w.-]{1,100}(?:\[bot\])?$/);
const logins = z.array(login).max(MAX_LIST);
/** A login or a team, `…` at its end where it was too long. */
const mentions = z.array(z.string().regex(/^[\w.-]{1,100}(?:\/[\w.-]{0,100})?…?$/)).max(MAX_LIST);
/** Twelve letters and digits are minted; older rows and tests may have others, none has a separator of a key. */
const id = z.string().regex(/^[\w-]{1,64}$/);

/** Issues and pull requests, those of other repositories by name: `#12`, `acme/api#12`. */
const unrelated = z
  .array(z.string().regex(/^(?:[\w.-]{1,100}\/[\w.-]{1,100})?#[1-9]\d{0,9}$/))
  .max(MAX_LIST)
  .exactOptional();

const incident = z.object({
  id: text.nullable(),
  date: day.nullable(),
  severity: text.nullable(),
  services: texts,
  tags: texts,
});

const base = z.object({
  title: text,
  owners: texts,
  mentions,
  due: day.nullable(),
  dueText: text.nullable(),
  done: z.boolean(),
  dropped: z.literal(true).exactOptional(),
  priority: text.nullable(),
  ref: text.nullable(),
  refUrl: text.nullable(),
  refWithin: z.literal(true).exactOptional(),
  details: text.exactOptional(),
  group: text.nullable(),
  type: z.enum(["prevent", "detect", "mitigate", "process"]).nullable(),
  window: text.nullable(),
});

const dueOrigin = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stated"), text }),
  z.object({ kind: z.literal("window"), text }),
  z.object({ kind: z.literal("priority"), priority: text }),
  z.object({ kind: z.literal("severity"), severity: text }),
  z.object({ kind: z.literal("service"), service: text }),
  z.object({ kind: z.literal("default"), days: count, business: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal("command"), by: login, was: day.nullable(), document: day.nullable() }),
  z.object({ kind: z.literal("none") }),
]);

const slip = z.object({
  on: day,
  from: day.nullable(),
  to: day.nullable(),
  by: login.nullable(),
  why: text.nullable(),
});
const snooze = z.object({ on: day, until: day, by: login, why: text.nullable() });
const waiver = z.object({ on: day, by: login, why: text, until: day.nullable() });
const heardEdit = z.object({ id: number, at: instant, done: z.boolean() });
export const heardSchema = z.object({
  id: number,
  at: instant,
  edits: z.array(heardEdit).max(MAX_LIST).exactOptional(),
});
/** A height of the escalation ladder. */
const rung = z.string().regex(/^\d{1,5} (?:days|moves)$/);
export const nudgeSchema = z.object({
  n: z.int().min(1).max(MAX_COUNT),
  on: day,
  rung: rung.exactOptional(),
  ask: z.literal(true).exactOptional(),
  to: z.array(z.string().max(200)).max(MAX_LIST).exactOptional(),
});
export const writtenSchema = z.object({ title: text, assignees: logins, open: z.boolean() });

const closing = z.enum(["completed", "not_planned", "duplicate", "gone"]);

const canonical = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nothing") }),
  z.object({ kind: z.literal("hidden") }),
  z.object({
    kind: z.literal("issue"),
    number,
    home: text.exactOptional(),
    again: z.literal(true).exactOptional(),
    open: z.boolean(),
    closedOn: day.nullable(),
    closedAs: closing.exactOptional(),
  }),
]);

const place = z.object({ commit: z.string().max(255), path, line, endLine: line });

const otherItem = z.object({ id, issue: number });

export const itemSchema = z.object({
  id,
  documentId: id,
  repositoryId: number,
  ordinal: count,
  base,
  place,
  due: day.nullable(),
  dueOrigin,
  originalDue: day.nullable(),
  atMerge: z.object({ owner: z.boolean(), date: z.boolean() }).exactOptional(),
  ownerMissed: day.nullable().exactOptional(),
  slips: z.array(slip).max(MAX_LIST),
  slipsLeftOut: count.default(0),
  snoozes: z.array(snooze).max(MAX_LIST).default([]),
  waiver: waiver.nullable().default(null),
  heard: heardSchema.nullable().default(null),
  nudges: z.array(nudgeSchema).max(MAX_COUNT),
  answers: z
    .array(z.object({ n: nudgeSchema.shape.n, how: z.enum(["assigned", "linked", "commented"]) }))
    .max(MAX_LIST)
    .exactOptional(),
  spared: z
    .object({ on: day, why: z.enum(["blocked", "pull", "commit", "comment", "untold", "muted"]) })
    .exactOptional(),
  conflicts: z.array(
    z.object({ field: z.enum(["title", "owner", "due", "state"]), document: z.string(), issue: z.string() }),
  ),
  openedOn: day.nullable(),
  leftOn: day.nullable(),
  missing: z
    .array(z.object({ login, why: z.enum(["no-access", "left-out", "no-account", "bot", "organisation"]) }))
    .max(MAX_LIST)
    .exactOptional(),
  unrelated,
  sameAs: otherItem.exactOptional(),
  perhaps: otherItem.exactOptional(),
  former: z.object({ base, place, due: day.nullable(), dueOrigin }).exactOptional(),
  isNot: texts.exactOptional(),
  issue: writtenSchema
    .extend({
      number,
      closedOn: day.nullable(),
      closedAs: closing.exactOptional(),
      duplicateOf: canonical.exactOptional(),
      blockedBy: count.exactOptional(),
      adoptedBy: z.int().min(0).nullable(),
    })
    .nullable(),
  written: writtenSchema.extend({ hash: z.string() }).nullable(),
  nextNudgeOn: day.nullable(),
}) satisfies z.ZodType<TrackedItem>;

const problem = z.object({
  line,
  endLine: line,
  rule: z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]),
  level: z.enum(["info", "warning", "error"]),
  message: z.string(),
  fix: z.string(),
});

export const documentSchema = z.object({
  id,
  repositoryId: number,
  firstPath: path,
  path,
  title: text.nullable(),
  incident,
  home: number.nullable(),
  commit: z.string().max(255),
  blob: z.string().nullable(),
  author: login.nullable(),
  removedOn: day.nullable(),
  held: z.enum(["old", "many", "copy"]).nullable(),
  copyOf: id.exactOptional(),
  heard: heardSchema.exactOptional(),
  unrelated,
  problems: z.array(problem),
}) satisfies z.ZodType<TrackedDocument>;

export const commentSchema = z.object({
  key: z.string(),
  repositoryId: number,
  number,
  commentId: number,
  hash: z.string(),
}) satisfies z.ZodType<KeptComment>;

export const installationSchema = z.object({
  id: number,
  account: z.string(),
  suspended: z.boolean(),
  removedAt: instant.nullable(),
}) satisfies z.ZodType<Installation>;

const policyOrigin = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("own") }),
  z.object({ kind: z.literal("organisation"), owner: z.string(), none: z.boolean() }),
]) satisfies z.ZodType<PolicyOrigin>;

const keptSchema = z.object({
  renewedAt: instant,
  instead: z.object({ of: number, why: z.enum(["closed", "locked", "gone"]), on: day }).exactOptional(),
}) satisfies z.ZodType<Kept>;

export const repositorySchema = z.object({
  id: number,
  installationId: number,
  owner: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
  visibility: z.enum(["public", "internal", "private"]).exactOptional(),
  obstacle: z.string().nullable(),
  lostAt: instant.nullable(),
  policyText: z.string().nullable(),
  // Rows from before it was kept lack it: then the policy is looked for again.
  policyOrigin: policyOrigin.nullable().default(null),
  policyProblems: z.array(
    z.object({
      line,
      message: z.string(),
      elsewhere: z.string().exactOptional(),
      harmless: z.boolean().exactOptional(),
    }),
  ),
  labels: z.array(z.string()),
  digestIssue: number.nullable(),
  digestKept: keptSchema.exactOptional(),
  digestTold: day.exactOptional(),
  organisationDigest: number.exactOptional(),
  organisationKept: keptSchema.exactOptional(),
  organisationTold: day.exactOptional(),
  sweptUntil: instant.nullable(),
  seen: z.record(z.string(), z.string()).nullable(),
  sweptPolicy: z.string().nullable(),
  followed: z.object({ commit: z.string(), paths: z.array(z.string()) }).exactOptional(),
  checkedBy: z.object({ policy: z.string(), base: z.string() }).exactOptional(),
  rebuiltAt: instant.nullable(),
}) satisfies z.ZodType<Repository>;

const ofItem = { item: z.string(), document: z.string(), title: z.string() };

export const troubleSchema = z.object({
  repositoryId: number,
  piece: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("issue"), ...ofItem, number: number.nullable() }),
    z.object({ kind: z.literal("overdue"), ...ofItem, number }),
    z.object({ kind: z.literal("commands"), ...ofItem, number }),
    z.object({ kind: z.literal("pull-commands"), number }),
    z.object({ kind: z.literal("section"), ...ofItem, number }),
    z.object({ kind: z.literal("document"), path: z.string() }),
    z.object({ kind: z.literal("status"), number }),
    z.object({ kind: z.literal("link"), number }),
    z.object({ kind: z.literal("review"), number }),
    z.object({ kind: z.literal("ask"), number }),
    z.object({ kind: z.literal("reply"), number }),
    z.object({ kind: z.literal("label"), name: z.string() }),
    z.object({ kind: z.literal("digest") }),
    z.object({ kind: z.literal("organisation-digest") }),
    z.object({ kind: z.literal("check"), number }),
  ]),
  why: z.enum([
    ...["missing", "gone", "locked", "blocked", "restricted", "full", "unassignable", "exists"],
    ...["too-long", "too-far", "spam", "legal", "invalid", "forbidden", "unread", "undone"],
  ] as const),
  said: z.string(),
  times: count,
  since: instant,
  lastAt: instant,
  notBefore: instant,
}) satisfies z.ZodType<Trouble>;
