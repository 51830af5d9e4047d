/** What a process that reads documents is asked and answers, checked where it arrives (`test/reading` holds it to the reader). */
import { z } from "zod";
import { type Postmortem, type ReadOptions, RULES, type RuleId } from "../postmortem/types.js";

const text = z.string();
const line = z.int().positive();
const day = z.iso.date();
const rule = z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]);
const level = z.enum(["info", "warning", "error"]);

const options = z.object({
  dateOrder: z.enum(["day-first", "month-first"]).nullable(),
  sprints: z.record(text, day),
  ticketPrefixes: z.array(text),
  levels: z.partialRecord(rule, z.enum([...level.options, "off"])),
  maxItems: z.number(),
  today: day.nullable(),
}) satisfies z.ZodType<ReadOptions>;

/** One document to be read. */
export interface ReadRequest {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
}

export const requestSchema = z.object({
  path: text,
  bytes: z.instanceof(Uint8Array),
  options,
}) satisfies z.ZodType<ReadRequest>;

/** Said once, as soon as requests are listened to. */
export const READY = "ready";

const item = z.object({
  line,
  endLine: line,
  title: text,
  owners: z.array(text),
  mentions: z.array(text),
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
  kind: z.enum(["table", "checkbox", "bullet", "numbered", "heading", "prose"]),
  type: z.enum(["prevent", "detect", "mitigate", "process"]).nullable(),
  window: text.nullable(),
});

/** The answer: what reading gave. */
export const postmortemSchema = z.object({
  path: text,
  title: text.nullable(),
  incident: z.object({
    id: text.nullable(),
    date: day.nullable(),
    severity: text.nullable(),
    services: z.array(text),
    tags: z.array(text),
  }),
  items: z.array(item),
  problems: z.array(z.object({ line, endLine: line, rule, level, message: text, fix: text })),
  form: text.exactOptional(),
  followThrough: z.boolean(),
  optOut: text.exactOptional(),
}) satisfies z.ZodType<Postmortem>;
