/** What is kept of a followed postmortem to compare others with: its profile, and which earlier ones it was like when it was last read. */
import { z } from "zod";
import type { PlainDate } from "../calendar.js";
import type { Counts, Profile } from "./profile.js";

/** An earlier postmortem that one is like, wherever in the organisation, and words that both hold. */
export interface Likeness {
  readonly repositoryId: number;
  readonly documentId: string;
  readonly words: readonly string[];
}

export interface KeptProfile {
  readonly repositoryId: number;
  readonly documentId: string;
  /** The day of the incident; null where the document does not tell it. */
  readonly date: PlainDate | null;
  readonly profile: Profile;
  /** The likeliest first. */
  readonly like: readonly Likeness[];
}

const MAX_PATH = 4_096;
const MAX_WORD = 1_000;

const counts = z
  .array(z.tuple([z.string().max(MAX_WORD), z.int().positive()]))
  .transform((pairs): Counts => new Map(pairs));

/** As it is stored, read back. */
export const keptProfileSchema = z.object({
  repositoryId: z.int().positive(),
  documentId: z.string(),
  date: z.iso.date().nullable(),
  profile: z.object({
    path: z.string().max(MAX_PATH),
    names: z.array(z.string()),
    title: counts,
    cause: counts,
    whole: counts,
    code: counts,
  }),
  like: z.array(z.object({ repositoryId: z.int().positive(), documentId: z.string(), words: z.array(z.string()) })),
});

/** As JSON that {@link keptProfileSchema} reads; the text it was read from is left out. */
export function profileToJson({ profile, ...kept }: KeptProfile): string {
  const { path, names } = profile;
  const pairs = (field: "title" | "cause" | "whole" | "code") => [...profile[field]];
  const fields = { title: pairs("title"), cause: pairs("cause"), whole: pairs("whole"), code: pairs("code") };
  return JSON.stringify({ ...kept, profile: { path, names, ...fields } });
}
