/** Words that are the same in other letters, and those that only look it. */
import { describe, expect, it } from "vitest";
import { isSameWord, normalizeText, type Word, wordReader } from "../../src/tracking/words.js";

const words = (title: string): Word[] => wordReader()(normalizeText(title));
const texts = (title: string): string[] => words(title).map(({ text }) => text);

function word(text: string): Word {
  const [only, ...more] = words(text);
  if (!only || more.length > 0) throw new Error(`${text} is not one word`);
  return only;
}

describe("isSameWord", () => {
  it.each([
    ["rotate", "rotation"],
    ["encrypt", "encrypted"],
    ["pod", "pods"],
    ["retry", "retries"],
    ["credentails", "credentials"],
    ["Ausfall", "Datenbankausfall"],
    ["DB", "database"],
    ["Überwachung", "uberwachung"],
  ])("%s is %s", (one, other) => {
    expect(isSameWord(word(one), word(other))).toBe(true);
    expect(isSameWord(word(other), word(one))).toBe(true);
  });

  it.each([
    ["restore", "restart"],
    ["encrypt", "decrypt"],
    ["patch", "batch"],
    ["server", "service"],
    ["v10", "v11"],
    ["9107", "9108"],
    ["import", "export"],
  ])("%s is not %s", (one, other) => {
    expect(isSameWord(word(one), word(other))).toBe(false);
    expect(isSameWord(word(other), word(one))).toBe(false);
  });
});

describe("the words of a title", () => {
  it("are distinct and in order, in one spelling", () => {
    expect(texts("Check the DB, check the database!")).toEqual(["check", "the", "db"]);
  });

  it("are cut at known words where there are no spaces, and by pairs of letters between them", () => {
    expect(texts("为支付队列增加告警")).toEqual(["为", "支付", "付队", "队列", "增加", "告警"]);
    expect(texts("バックアップを検証する")).toEqual(["バックアップ", "を", "検証", "する"]);
  });

  it("tell what the work is about, and little of what fits any work", () => {
    const tells = Object.fromEntries(
      words("Add an alert for the ledger within 5 days").map((each) => [each.text, each.tells]),
    );
    expect(tells).toMatchObject({ an: 0, ledger: 1 });
    expect(tells.add).toBe(tells.alert);
    expect(tells.alert).toBeLessThan(0.5);
    expect(tells[5]).toBeLessThan(0.5);
  });
});
