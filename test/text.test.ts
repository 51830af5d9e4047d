/** What nobody sees goes, wherever it stands; what people write in any language stays as it is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneLine, shorten, visible } from "../src/text.js";

const LAST_CODE_POINT = 0x10ffff;

/** Whether a character shows something, or is white space: Arabic number signs, say, are format characters that show. */
const SHOWS = /[\s\u0085\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/u;

/** Every character of Unicode that nobody sees. */
const unseen = Array.from({ length: LAST_CODE_POINT + 1 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .filter((character) => UNSEEN.test(character) && (character === "\ufeff" || !SHOWS.test(character)));

const hex = (text: string) => [...text].map((c) => `U+${c.codePointAt(0)?.toString(16)}`).join(" ");

describe("what nobody sees", () => {
  it("is among 4,000 characters, those that are known for it too", () => {
    expect(unseen.length).toBeGreaterThan(4_000);
    const known =
      "\u0000\u001b\u007f\u009b\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e";
    const more = "\u2060\u2064\u2066\u2069\u206f\u3164\ufe0f\ufeff\uffa0\ufff9\ufffb\uffff\u{e0001}\u{e0041}\u{e0100}";
    expect([...known, ...more].filter((character) => !unseen.includes(character)).map(hex)).toEqual([]);
  });

  it.each([
    ["between letters", (c: string) => `ab${c}cd`, "abcd"],
    ["between digits", (c: string) => `1${c}2`, "12"],
    ["in a login", (c: string) => `@li${c}sa`, "@lisa"],
    ["at the beginning", (c: string) => `${c}abc`, "abc"],
    ["at the end", (c: string) => `abc${c}`, "abc"],
    ["many times", (c: string) => `a${c.repeat(50)}b`, "ab"],
    ["between words", (c: string) => `a ${c} b`, "a b"],
    ["after a letter that is not ASCII", (c: string) => `é${c}é`, "éé"],
    ["between kana", (c: string) => `カ${c}ナ`, "カナ"],
    ["between Korean letters", (c: string) => `한${c}글`, "한글"],
    ["between Hebrew letters", (c: string) => `א${c}ב`, "אב"],
  ])("goes %s", (_, embed, left) => {
    expect(unseen.filter((character) => oneLine(embed(character)) !== left).map(hex)).toEqual([]);
  });

  it("shows at most once where it may belong to the writing, and never two in a row", () => {
    for (const letter of ["ا", "क", "漢", "ᠠ", "👩", "❤", "1", "🏴"]) {
      for (const character of unseen) expect([...visible(letter + character.repeat(9))].length).toBeLessThan(3);
    }
    expect(visible("\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}")).toBe("\u{1f3f4}");
  });
});

describe("what people write", () => {
  it.each([
    ["Persian", "می‌خواهم"],
    ["Arabic with vowels", "مُحَمَّدٌ"],
    ["Hebrew with points and cantillation", "בְּרֵאשִׁ֖ית"],
    ["Hindi", "क्‍ष हिन्दी"],
    ["Bengali", "র‍্যাব"],
    ["Malayalam as it was spelled", "അവന്‍ പറഞ്ഞു"],
    ["Sinhala", "ශ්‍රී ලංකා"],
    ["Tamil", "க்‌ஷ"],
    ["Tibetan with eight signs", "ཧྐྵྨླྺྼྻྂ"],
    ["Burmese", "မြန်မာဘာသာ"],
    ["Thai", "ผู้ใหญ่บ้าน"],
    ["Vietnamese, decomposed", "Tiếng Việt".normalize("NFD")],
    ["Japanese names of their own form", "葛\u{e0100}飾区"],
    ["Mongolian", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u180e᠎ᠠ".replace("\u180e\u180e", "\u180e")],
    ["Korean", "한국어"],
    ["an Arabic number sign", "\u0600١٢"],
    ["emoji of several people", "👨‍👩‍👧‍👦 👩🏽‍💻 🕵🏻‍♂️ 👁️‍🗨️"],
    ["emoji in colour and not", "❤️ ☎︎ ✔️ ©️"],
    ["keycaps", "1️⃣ #️⃣"],
    ["flags", "🇨🇭 🏳️‍🌈 🏴‍☠️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿"],
    ["white space", "a\tb\nc\r\nd\u00a0e\u3000f\u2028g\u2029h\u0085i"],
  ])("stays: %s", (_, text) => {
    expect(hex(visible(text))).toBe(hex(text));
  });
});

describe("a tower of signs", () => {
  it.each(["\u0301", "\u0489", "\u20dd", "\u0301\u200d", "\u093c\u200c", "\u302e\u{1d165}"])(
    "is eight high at most (%j)",
    (sign) => {
      const made = visible(`क${sign.repeat(500)}z`);
      expect([...made].length).toBeLessThanOrEqual(10);
      expect(made).toMatch(/z$/);
    },
  );
});

const letters = fc.constantFrom(
  ..."aé1 اकন漢ᠠ👩❤🏽🏴#",
  "\u0301",
  "\u094d",
  "\u20e3",
  "\u{e0067}\u{e0062}",
  "\u{e007f}",
);
const soup = fc
  .array(fc.oneof(letters, fc.constantFrom(...unseen.slice(0, 400)), fc.string({ unit: "binary", maxLength: 3 })))
  .map((parts) => parts.join(""));

describe("any text", () => {
  it("is the same when it is looked at again", () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(hex(visible(visible(text)))).toBe(hex(visible(text)));
        expect(hex(oneLine(oneLine(text)))).toBe(hex(oneLine(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it("that is cut shows nothing unseen at the cut", () => {
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const cut = shorten(oneLine(text), length);
        expect(cut.length).toBeLessThanOrEqual(Math.max(1, length));
        expect(hex(visible(cut))).toBe(hex(cut));
      }),
      { numRuns: 2_000 },
    );
  });
});
