/**
 * Slack's incoming webhooks, in Block Kit.
 * https://docs.slack.dev/reference/block-kit/blocks: at most 50 blocks, 150 characters a header, 3,000 a text of a section;
 * https://docs.slack.dev/messaging/formatting-message-text: `&`, `<` and `>` are escaped, and nothing else can be.
 */
import type { KnownBlock } from "@slack/types";
import { type Entry, type Line, type Message, onScreen, plain, type Section, type Span } from "../render/message.js";
import { oneLine, shorten } from "../text.js";
import type { Kind } from "./channel.js";

export const SLACK_LIMITS = { blocks: 50, header: 150, text: 3_000 } as const;

export const slack: Kind = {
  body: ({ message }) => ({
    // What notifications show, and old clients.
    text: escaped(`${message.title}: ${plain(message.lead[0] ?? [])}`),
    blocks: blocksOf(message),
    unfurl_links: false,
    unfurl_media: false,
  }),
  knowsKeys: false,
};

/** The message as Block Kit, within its limits. */
export function blocksOf({ title, lead, briefing = [], sections, more }: Message): KnownBlock[] {
  // A channel is read in passing: a screen, the rest counted.
  const shownOf = onScreen(sections);
  const told = [
    ...textsOf([...lead, ...briefing].map(mrkdwn)),
    ...sections.flatMap((one, at) => sectionTexts(one, shownOf[at] ?? 0)),
  ];
  // One each for the header and the link.
  const room = SLACK_LIMITS.blocks - 2;
  const left = told.length - room;
  const shown = left > 0 ? [...told.slice(0, room - 1), "_More than fits here: see the link._"] : told;
  return [
    { type: "header", text: { type: "plain_text", text: shorten(oneLine(title), SLACK_LIMITS.header) } },
    ...shown.map(section),
    section(`<${linked(more.url)}|${escaped(more.words)}>`),
  ];
}

/** `verbatim`: nothing in people's words becomes a mention or a link by itself. */
const section = (text: string): KnownBlock => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } });

function sectionTexts({ title, entries }: Section, shown: number): string[] {
  const left = entries.length - shown;
  const more = shown > 0 && left > 0 ? [`_… and ${left} more_`] : [];
  return textsOf([`*${escaped(title)}*`, ...entries.slice(0, shown).flatMap(linesOf), ...more]);
}

/** Lines in as few texts as they fit in. */
function textsOf([first = "", ...lines]: readonly string[]): string[] {
  const texts: string[] = [];
  let text = first;
  for (const line of lines) {
    if (text.length + 1 + line.length > SLACK_LIMITS.text) {
      texts.push(text);
      text = line;
    } else text = `${text}\n${line}`;
  }
  return [...texts, text];
}

/** A line that alone is longer than a text may be is told without its links. */
function linesOf({ line, under = [] }: Entry): string[] {
  const written = (before: string, one: Line) => {
    const whole = before + mrkdwn(one);
    return whole.length <= SLACK_LIMITS.text ? whole : before + shorten(escaped(plain(one)), 500);
  };
  return [written("• ", line), ...under.map((one) => written("    ◦ ", one))];
}

const mrkdwn = (line: Line): string => line.map(mrkdwnSpan).join("");

function mrkdwnSpan(span: Span): string {
  if (typeof span === "string") return escaped(span);
  if ("strong" in span) return `*${escaped(span.strong)}*`;
  if ("login" in span) return `\`@${escaped(span.login)}\``;
  const words = said(span.said, span.most);
  // In a link's text a bar would be taken for its own.
  return span.url === undefined ? words : `<${linked(span.url)}|${words.replace(/\|/g, "¦")}>`;
}

/** An address ends at a bar or a bracket. */
const linked = (url: string): string =>
  url.replace(/[|<>]/g, (sign) => encodeURIComponent(sign)).replace(/&/g, "&amp;");

/** Signs that format are kept from it by a zero-width space, since Slack knows no other way. */
const said = (text: string, most: number): string =>
  escaped(shorten(oneLine(text), most)).replace(/[*_~`]/g, "\u200b$&\u200b");

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
