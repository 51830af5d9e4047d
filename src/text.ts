/** Plain text on one line, as titles and messages need it. */

/**
 * What nobody sees: control, format and direction-changing characters, fillers, tags, and what no character is, such as half of one, which
 * front matter can spell (`"\ud800"`) and no request can carry. They make a
 * line read as something else, hide words from people, or hide people's names from a pattern. White space is not among them.
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point, https://www.unicode.org/reports/tr36/
 */
const UNSEEN =
  "(?![\\s\\u0085]|[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}])" +
  "[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Noncharacter_Code_Point}]|\\ufeff";

/** Scripts in which a joiner between letters decides how these are written. */
const JOINED =
  "[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}" +
  "\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Mymr}\\p{scx=Khmr}\\p{scx=Tibt}\\p{scx=Java}\\p{scx=Bali}]";

/** Unseen characters where they are part of how something is written, each only there and only once. */
const WRITTEN = [
  // Persian “می‌خواهم”, Sinhala “ශ්‍රී”: a joiner after a letter or sign of a script that joins.
  `[\\u200c\\u200d](?<=(?=[\\p{L}\\p{M}])(?!\\p{Default_Ignorable_Code_Point})${JOINED}.)`,
  // 👩‍💻: https://www.unicode.org/reports/tr51/#Emoji_ZWJ_Sequences
  "\\u200d(?<=(?:\\p{Extended_Pictographic}\\ufe0f?|\\p{Emoji_Modifier})\\u200d)(?=\\p{Extended_Pictographic})",
  // ❤️ and 1️⃣
  "[\\ufe0e\\ufe0f](?<=\\p{Extended_Pictographic}.)|\\ufe0f(?<=[#*\\d].)(?=\\u20e3)",
  // The flags of England, Scotland and Wales: https://www.unicode.org/reports/tr51/#Emoji_Tag_Sequences
  "(?<=\\u{1f3f4})\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}",
  // Forms of Han and Mongolian letters, as in names: https://www.unicode.org/ivd/
  "[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}](?<=\\p{Script=Han}.)|[\\u180b-\\u180f](?<=(?=\\p{L})\\p{Script=Mongolian}.)",
].join("|");

const WRITTEN_OR_UNSEEN = new RegExp(`(${WRITTEN})|${UNSEEN}`, "gu");

/** More signs than any language sets on one letter, whether they take room of their own or not. */
const TOWER = /([\p{M}\u200c\u200d]{8})[\p{M}\u200c\u200d]+/gu;

/**
 * The text with eight signs at most on one letter. More are a tower over the lines around; and the time in which they are put into Unicode's order
 * grows with the square of their number, so nothing is folded (`normalize`) without this before it.
 */
export const withoutTowers = (text: string): string => text.replace(TOWER, "$1");

/** Most text is of letters that need no look. */
const PLAIN = /^[\t\n\r -~]*$/;

/**
 * The text as people see it: without characters that show nothing, and with eight signs at most on one letter. What belongs
 * to a script's spelling or to an emoji stays, and so does white space. Doing it again changes nothing.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return withoutTowers(text.replace(WRITTEN_OR_UNSEEN, "$1"));
}

/** The text on one line, its white space as single spaces, without what nobody sees (see {@link visible}). */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/[\s\u0085\u2800]+/g, " ")
    .trim();
}

/**
 * A line cut to `length` characters with “…” at its end, at a word where one is near. Counted as JavaScript does, where an
 * emoji is two: never less than GitHub counts, whichever way that is.
 */
export function shorten(line: string, length: number): string {
  if (line.length <= length) return line;
  // Half of a character of two halves goes too, and what the other half of an emoji made visible.
  const cut = visible(line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, ""));
  const space = cut.lastIndexOf(" ");
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

/** The last line of a text of lines that was cut. */
export const CUT_LINE = "…";

/** Lines cut to `length` characters at the end of one (of a single one, at a word), with {@link CUT_LINE} below them. */
export function cutLines(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length);
  const end = kept.lastIndexOf("\n");
  return `${end > 0 ? kept.slice(0, end) : shorten(kept, length - 1)}\n${CUT_LINE}`;
}

/**
 * The text without the signs at its end. In time that follows the length of what goes, where a pattern such as `[\s.]+$` begins again
 * at each sign in the text.
 * @param sign - matches one sign; not sticky, not global
 */
export function withoutEnd(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** JSON with every unseen character as `\uXXXX`; JSON.stringify leaves those above U+001F as they are. */
export const escaped = (json: string): string =>
  json.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
