/**
 * A generic webhook: the message as JSON, for whatever wants to take it further. It is sent again until an answer comes, so its other
 * side takes each key once. Signed like GitHub's own webhooks where there is a secret.
 */
import { createHmac } from "node:crypto";
import { type Entry, type Line, type Message, plain } from "../render/message.js";
import { oneLine, shorten } from "../text.js";
import type { Kind } from "./channel.js";

/** Of a section, so many entries, or fewer where that is more than most would take; the rest is counted. */
const MOST_ENTRIES = [100, 30, 10, 3, 0];
const MOST_BYTES = 250_000;

export const webhook: Kind = {
  body: ({ message, key }) => {
    const bodies = MOST_ENTRIES.map((most) => bodyOf(message, key, most));
    return bodies.find((body) => Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES) ?? bodyOf(message, key, 0);
  },
  headers: ({ key }, body, secret) => ({
    "Idempotency-Key": key,
    ...(secret !== null && {
      "X-Follow-Through-Signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    }),
  }),
  knowsKeys: true,
};

const bodyOf = ({ title, lead, briefing = [], sections, more }: Message, key: string, most: number) => ({
  version: 1,
  key,
  title,
  lead: [...lead, ...briefing].map(lineOf),
  sections: sections.map(({ title, entries }) => ({
    title,
    entries: entries.slice(0, most).map(entryOf),
    left: Math.max(0, entries.length - most),
  })),
  url: more.url,
});

const entryOf = ({ line, under = [] }: Entry) => ({ ...lineOf(line), under: under.map(lineOf) });

/** The words of a line, and where those of them that are links lead. */
const lineOf = (line: Line) => ({
  text: plain(line),
  links: line.flatMap((span) =>
    typeof span === "object" && "said" in span && span.url !== undefined
      ? [{ text: shorten(oneLine(span.said), span.most), url: span.url }]
      : [],
  ),
});
