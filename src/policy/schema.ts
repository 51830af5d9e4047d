/**
 * The policy: a repository's `.github/follow-through.yml`, described once. The schema checks the file, fills defaults,
 * and makes docs/configuration.md and the JSON Schema that editors use. Unknown keys are refused, so that a typing
 * mistake is told and never silently ignored.
 */
import { CronExpressionParser } from "cron-parser";
import { z } from "zod";
import { isPlainDate, minutesOf } from "../calendar.js";
import { AT_LOGIN_OR_TEAM, isLogin } from "../logins.js";
import { RULES, type RuleId } from "../postmortem/types.js";
import { oneLine } from "../text.js";
import { problemWithGlob } from "./glob.js";
import { REGIONS } from "./regions.js";

const login = z.string().regex(AT_LOGIN_OR_TEAM, "write a login as @login, or a team as @org/team");

/** A label alone in an address must not lead out of it: https://url.spec.whatwg.org/#double-dot-path-segment */
const label = z
  .string()
  .overwrite(oneLine)
  .min(1)
  .max(50)
  .refine((name) => !/^\.{1,2}$/.test(name), "write a label that is more than a dot or two");

const channel = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/,
    "write a channel's name in small letters, digits and hyphens, like team-sre",
  );

/** How many days a week and a month are. */
interface Units {
  readonly week: number;
  readonly month: number;
}

const ALL_DAYS: Units = { week: 7, month: 30 };
const BUSINESS_DAYS: Units = { week: 5, month: 21 };

const daysBy = (units: Units) =>
  z
    .union([
      z.int().positive().max(3650),
      z
        .string()
        .regex(
          /^\d{1,4}\s*(?:d|days?|w|weeks?|months?)$/i,
          "write a number of days, or like 7 days, 2 weeks, 3 months",
        ),
    ])
    .transform((value) => (typeof value === "number" ? value : parseDays(value, units)));

function parseDays(text: string, { week, month }: Units): number {
  const amount = Number.parseInt(text, 10);
  if (/m/i.test(text)) return amount * month;
  return /w/i.test(text) ? amount * week : amount;
}

const days = daysBy(ALL_DAYS);

const QUIET = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/;
/** The timer comes each quarter of an hour, so that a shorter gap between quiet hours may never be met. */
const SHORTEST_GAP_MINUTES = 60;

/** Whether hours such as `18:00-08:00` leave time in which something may be said. */
function leavesTime(quiet: string): boolean {
  const [from = 0, to = 0] = quiet.split("-").map(minutesOf);
  return (from - to + 1440) % 1440 >= SHORTEST_GAP_MINUTES;
}

/** `1 week` is `7 days`, so that a rung is known again however it is written. */
function height(text: string): string {
  const [amount = "", unit = ""] = text.split(" ");
  if (unit.startsWith("move")) return `${amount} moves`;
  return `${Number(amount) * (unit.startsWith("week") ? ALL_DAYS.week : 1)} days`;
}

/** Always business days, so that they are told as such. */
const businessDays = z
  .union([
    z.int().positive().max(365),
    z
      .string()
      .regex(/^[1-9]\d{0,2}\s*(?:business\s+days?|days?)$/i, "write a number of business days, like 10 business days"),
  ])
  .transform((value) => (typeof value === "number" ? value : Number.parseInt(value, 10)));

const cron = z.string().refine(isCron, "write a cron expression of five fields, like 0 9 * * 1-5");

/** Longer than any schedule people write; a parser takes its time over the ten thousandth day of a list. */
const MAX_CRON = 200;

function isCron(text: string): boolean {
  // The parser would take `H`, Jenkins' word for a time of its own choice, and choose another each time.
  if (text.length > MAX_CRON || text.trim().split(/\s+/).length !== 5 || /\bH\b/i.test(text)) return false;
  try {
    CronExpressionParser.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** Many years of them; each is held against each day that is counted. */
const MOST_HOLIDAYS = 400;

const glob = z
  .string()
  .min(1)
  .refine((text) => problemWithGlob(text) === null, {
    error: ({ input }) => problemWithGlob(String(input)) ?? undefined,
  });

/** Each is asked of every file of a repository, of which there may be a hundred thousand. */
const MOST_GLOBS = 50;

const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).prefault({} as never);

const RULE_IDS = Object.keys(RULES) as [RuleId, ...RuleId[]];

/** Days of which `due` is made: a week of business days is five of them. */
const dueSection = (units: Units) => {
  const days = daysBy(units);
  return section({
    default: days.nullable().default(30).describe("Days an item without any date is given; null leaves it without."),
    by_priority: z
      .record(z.string(), days)
      .default({ p0: 3, p1: 7, p2: 30, p3: 90, critical: 3, high: 7, medium: 30, low: 90 })
      .describe("Days by the item's priority, letter case ignored."),
    by_severity: z
      .record(z.string(), days)
      .default({})
      .describe("Days by the incident's severity, letter case ignored."),
    by_service: z
      .record(z.string(), days)
      .default({})
      .describe("Days by the incident's services, letter case ignored; of several, the fewest."),
    owner_within: days
      .nullable()
      .default(null)
      .describe(
        "Days within which an item is to have its first owner, counted from the opening of its issue; null for no such deadline.",
      ),
    windows: section({
      immediate: days.default(7),
      short: days.default(30),
      medium: days.default(90),
      long: days.default(180),
    }).describe("Days that headings such as “Immediate” and “Short-term” stand for."),
  }).describe("Due dates for items that state none, counted from the merge.");
};

const checkSettings = z.strictObject({
  when: z
    .enum(["postmortems", "always"], "write postmortems or always")
    .default("postmortems")
    .describe(
      "Which pull requests get a check run: those that change `postmortems` or the policy file, or `always` every one, so that it can be made a required check.",
    ),
  on_problems: z
    .enum(["neutral", "failure", "success"], "write neutral, failure or success")
    .default("neutral")
    .describe(
      "What the check concludes where a warning stands or a guard holds something back. A problem of level error always makes it fail.",
    ),
});

/** `check: always` is what people write who want only that. */
const check = z
  .union(
    [z.literal("always").transform((when) => checkSettings.parse({ when })), checkSettings],
    "write always, or the settings one by one below it",
  )
  .prefault({});

export const policySchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Set to false to switch Follow-Through off in this repository."),
  postmortems: section({
    include: z
      .array(glob)
      .min(1)
      .max(MOST_GLOBS)
      .default([
        "**/{postmortem,postmortems,post-mortem,post-mortems,incident,incidents,incident-reports,rca,rcas,retro,retros}/**/*.{md,markdown,mdx}",
        "**/*{postmortem,post-mortem,post_mortem,incident-report,incident_report}*.{md,markdown,mdx}",
        "**/{rca,retro,incident}[-_]*.{md,markdown,mdx}",
      ])
      .describe(
        "Which files are postmortems: at most 50 globs from the repository's root, letter case ignored (`**` any folders, `*` any letters of a name, `?` one, `[a-z]`, `[!a-z]`, `{a,b}`), each of at most 200 characters and 8 stars.",
      ),
    exclude: z
      .array(glob)
      .max(MOST_GLOBS)
      .default([
        "**/*template*",
        "**/*template*/**",
        "**/{readme,index,contributing,changelog}.{md,markdown,mdx}",
        "**/{vendor,node_modules,third_party}/**",
      ])
      .describe("Which of those are left alone."),
  }).describe("Where the postmortems are."),
  labels: z
    .array(label)
    .min(1)
    .max(20)
    .default(["action-item"])
    .describe(
      "Labels of every tracking issue; the first one marks it. `priority/…` is added where an item has a priority.",
    ),
  time_zone: z
    .string()
    .refine(isTimeZone, "write an IANA time zone, like Europe/Zurich")
    .default("UTC")
    .describe("The IANA time zone in which days begin and schedules run."),
  date_order: z
    .enum(["day-first", "month-first"])
    .nullable()
    .default(null)
    .describe("How to read 03/04/2025 where the document does not decide it. Without it, such a date is a problem."),
  owners: z
    .record(
      z.string(),
      z.union([login, z.array(login).min(1).max(10)]).transform((value) => (Array.isArray(value) ? value : [value])),
    )
    .default({})
    .describe(
      "Who the names in postmortems are: a name or team as written, and its @login, @org/team, or a list of them.",
    ),
  calendar: section({
    business_days: z
      .boolean()
      .default(false)
      .describe(
        "Whether the days of `due` are business days (Monday to Friday but for holidays; a week is five, a month 21), and nudges come on these alone.",
      ),
    region: z
      .string()
      .refine((name) => REGIONS.has(name), "write a region that date-holidays knows, like CH, CH-ZH or US-CA")
      .nullable()
      .default(null)
      .describe(
        "Whose public holidays are kept: a country, its state, or a city of that, as `CH`, `CH-ZH`, `DE-BY-A`.",
      ),
    holidays: z
      .array(z.string().refine(isPlainDate, "write each day as YYYY-MM-DD"))
      .max(MOST_HOLIDAYS)
      .default([])
      .describe(
        "Further holidays, each as YYYY-MM-DD. On a holiday no nudge comes; it comes on the next day that is none.",
      ),
    quiet: z
      .string()
      .regex(QUIET, "write the hours as 18:00-08:00")
      .refine(leavesTime, "leave an hour of the day at least")
      .nullable()
      .default(null)
      .describe(
        "Hours in `time_zone` in which no nudge comes, as `18:00-08:00`; one that falls into them comes when they end.",
      ),
  }).describe("Business days, holidays and quiet hours. The digest is posted by its schedule alone."),
  due: dueSection(ALL_DAYS),
  sprints: z
    .record(z.string(), z.string().refine(isPlainDate, "write the sprint's last day as YYYY-MM-DD"))
    .default({})
    .describe("The last day of named sprints, so that “Sprint 42” can be read."),
  ticket_prefixes: z
    .array(z.string().regex(/^[A-Z][A-Z0-9]+$/, "write a prefix in capitals, like OPS for OPS-42"))
    .default([])
    .describe("Prefixes of a foreign tracker's keys. Other keys such as TECH-4 are taken for the document's own."),
  nudges: section({
    enabled: z.boolean().default(true).describe("Whether overdue items get comments."),
    schedule: cron.default("0 9 * * 1-5").describe("When, as a cron expression in `time_zone`."),
    before: days
      .nullable()
      .default(null)
      .describe(
        "So many days before the due date a reminder comes; null for none. The first comment after it comes the next day.",
      ),
    every: days.default(7).describe("Days between two comments on the same item."),
    by_priority: z
      .record(z.string(), days)
      .default({})
      .describe("Days between two comments by the item's priority, letter case ignored, in place of `every`."),
    by_severity: z
      .record(z.string(), days)
      .default({})
      .describe("The same by the incident's severity, where the priority says nothing."),
    later: days.default(14).describe("Days between two comments at least, once an item has been overdue for a month."),
    max_per_run: z
      .int()
      .min(1)
      .max(500)
      .default(30)
      .describe("At most so many comments a run; the rest follow in the next."),
    max_per_day: z
      .int()
      .min(1)
      .max(5000)
      .default(100)
      .describe("At most so many people are notified a day in a repository; the others follow the next day."),
    max_per_person: z
      .int()
      .min(1)
      .max(50)
      .default(10)
      .describe(
        "At most so many items are told a person in one comment, the most severe first; the rest follow another day.",
      ),
  }).describe("Comments on overdue items: all that a person has due in a repository is one comment a day."),
  mute: z
    .record(
      z.string().refine((who) => isLogin(who.replace(/^@/, "")), "write a login"),
      z.enum(["never", "mentions", "always"]),
    )
    .default({})
    .transform((table) =>
      Object.fromEntries(Object.entries(table).map(([who, how]) => [who.replace(/^@/, "").toLowerCase(), how])),
    )
    .describe(
      "Who is nudged how: `never` muted (as everybody), `mentions` (comments come, but do not mention them), `always` (none comes for them; the digest lists their items). Keys are logins. Everybody can mute themselves for a while by `/mute`.",
    ),
  escalation: z
    .array(
      z.strictObject({
        after: z
          .string()
          .regex(
            /^[1-9]\d{0,3} (?:days?|weeks?|moves?)$/,
            "write how long it is overdue, or how often it was moved: 14 days, 3 moves",
          )
          .overwrite(height),
        to: z
          .union([login, z.array(login).min(1).max(10)])
          .transform((value) => (Array.isArray(value) ? value : [value])),
        priorities: z.array(z.string().min(1).max(50)).min(1).max(20).nullable().default(null),
      }),
    )
    .max(10)
    .default([])
    .describe(
      "Who is told of an item that stays overdue (`after: 14 days`) or keeps being moved (`after: 3 moves`), beside its owner: a @login, @org/team, or a list (`to`); of some priorities alone (`priorities: [p0, p1]`). Each rung is told once an item, one a week at most, after the owner was asked.",
    ),
  digest: section({
    enabled: z.boolean().default(true).describe("Whether the weekly digest is kept."),
    schedule: cron.default("0 9 * * 1").describe("When, as a cron expression in `time_zone`."),
    when_empty: z
      .enum(["silence", "line"])
      .default("silence")
      .describe(
        "What a week is told by in which nothing is open and nothing was closed: `silence`, or one `line`, on GitHub and in channels.",
      ),
    organisation: z
      .string()
      .regex(/^[\w.-]{1,100}$/, "write a repository's name alone, like reliability")
      .nullable()
      .default(null)
      .describe(
        "In the policy of the owner's `.github` repository: the name of the repository in which the digest of the whole organisation stands.",
      ),
    in_organisation: z
      .boolean()
      .default(false)
      .describe(
        "In a repository's own policy: whether its items stand in the organisation's digest even where more people read that. What no more people read there stands in it anyway.",
      ),
    organisation_channels: z
      .array(channel)
      .max(10)
      .default([])
      .describe(
        "In the policy of the owner's `.github` repository, beside `organisation`: names of channels that are told the organisation's digest too. What a private repository holds is in it only where that repository's own policy names the channel in `channels`.",
      ),
    channels: z
      .array(channel)
      .max(10)
      .default([])
      .describe(
        "Names of channels that are told each week's digest too, as whoever runs the App set them (`CHANNEL_TEAM_SRE_URL` is `team-sre`). What a private repository holds is told only where its own policy names the channel.",
      ),
    summaries: z
      .record(
        z.string().refine((who) => isLogin(who.replace(/^@/, "")), "write a login"),
        channel,
      )
      .refine((table) => Object.keys(table).length <= 100, "name 100 people at most")
      .default({})
      .transform((table) =>
        Object.fromEntries(Object.entries(table).map(([who, name]) => [who.replace(/^@/, "").toLowerCase(), name])),
      )
      .describe("Who wants a summary of their own items each week, and in which channel. Keys are logins."),
  }).describe("The weekly digest: an issue, and channels beside it."),
  review: section({
    within: businessDays
      .nullable()
      .default(10)
      .describe(
        "Business days that a pull request with a postmortem may stay open. After them the digest names it, and its author is reminded once; null: never.",
      ),
  }).describe("How soon a postmortem itself is due."),
  guards: section({
    max_new_items: z
      .int()
      .min(1)
      .max(1000)
      .default(50)
      .describe("Above so many new items in one pull request none is opened by itself."),
    max_age: days
      .default(90)
      .describe("A postmortem that is only edited and whose incident is older opens nothing by itself."),
  }).describe("When nothing is opened without being asked."),
  check: check.describe(
    "The check run on pull requests. `check: always` is short for `check: { when: always }`, and has merge queues answered too.",
  ),
  problems: z
    .partialRecord(z.enum(RULE_IDS), z.enum(["off", "info", "warning", "error"]))
    .default({})
    .describe("How severe each kind of problem is; an error makes the check fail."),
});

const businessSchema = policySchema.extend({ due: dueSection(BUSINESS_DAYS) });

const countsBusinessDays = z.looseObject({ calendar: z.looseObject({ business_days: z.literal(true) }) });

/** The schema that a policy is checked by: where it counts business days, a week of `due` is five days. */
export const schemaFor = (policy: unknown): typeof policySchema =>
  countsBusinessDays.safeParse(policy).success ? businessSchema : policySchema;

/** A policy, checked and with every default filled in. */
export type Policy = z.output<typeof policySchema>;

/** What holds where a repository has no policy file. */
export const DEFAULT_POLICY: Policy = policySchema.parse({});
