/** Which ticket is an item's own, and which its sentence only speaks of: position and shape decide, in every language. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const read = (items: string) =>
  readPostmortem("x.md", Buffer.from(`# Outage\n\n## Action items\n\n${items}\n`), DEFAULT_READ_OPTIONS).items;

const LINK = "https://github.com/acme/shop/issues";
const link = (number: number, label = `#${number}`): string => `[${label}](${LINK}/${number})`;

/** As `ticket: its title`, as `mention: its title`, or the title alone. */
const told = (items: string): string | undefined => {
  const [item] = read(items);
  if (!item?.ref) return item?.title;
  return `${item.refWithin ? "mention" : "ticket"} ${item.ref.replace(`${LINK}/`, "#")}: ${item.title}`;
};

describe("the item's own ticket", () => {
  it.each([
    ["in brackets at the end", "Add timeouts to the gateway (#12)"],
    ["behind a dash", "Add timeouts to the gateway - #12"],
    ["behind a comma", "Add timeouts to the gateway, #12"],
    ["as the last word", "Add timeouts to the gateway #12"],
    ["before an owner", "Add timeouts to the gateway - #12 - @ana"],
    ["as a link at the end", `Add timeouts to the gateway ${link(12)}`],
    ["as a link in brackets", `Add timeouts to the gateway (${link(12)})`],
    ["as a link that only points there", `Add timeouts to the gateway ([ticket #12](${LINK}/12))`],
    ["tracked in brackets", "Add timeouts to the gateway (tracked in #12)"],
    ["tracked behind a comma", "Add timeouts to the gateway, tracked in #12"],
    ["tracked without a sign", "Add timeouts to the gateway tracked in #12"],
    ["tracked in a sentence of its own", "Add timeouts to the gateway. Tracked in #12."],
    ["tracked at a link", `Add timeouts to the gateway, tracked in ${link(12)}`],
    ["tracked in a further paragraph", "Add timeouts to the gateway\n\n  Tracked in #12."],
    ["a link in a further paragraph", `Add timeouts to the gateway\n\n  Tracked in ${link(12)}`],
    ["a label", "Add timeouts to the gateway. Refs: #12"],
    ["called an issue, set apart", "Add timeouts to the gateway (see issue #12)"],
    ["as a link before it", `${link(12)}: Add timeouts to the gateway`],
    ["as a link before it, without a sign", `${link(12)} Add timeouts to the gateway`],
    ["as a number before it", "#12 — Add timeouts to the gateway"],
    ["all of it a link", `[Add timeouts to the gateway](${LINK}/12)`],
  ])("%s", (_, text) => {
    expect(told(`- ${text}`)).toBe("ticket #12: Add timeouts to the gateway");
  });

  it("counts for more than one that is mentioned before it", () => {
    expect(told(`- Write a test for the bug in #1\n\n  Tracked in #12.`)).toMatch(/^ticket #12/);
  });

  it.each([
    ["de", "Zeitlimits einbauen #12"],
    ["de", "Zeitlimits einbauen (siehe #12)"],
    ["de", "Zeitlimits einbauen, verfolgt in #12"],
    ["es", "Añadir límites de tiempo (#12)"],
    ["es", "Añadir límites de tiempo, registrado en #12"],
    ["pt", "Adicionar limites de tempo (veja #12)"],
    ["fr", "Ajouter des délais maximum, suivi dans #12"],
    ["it", "Aggiungere limiti di tempo, tracciato in #12"],
    ["nl", "Tijdslimieten toevoegen, bijgehouden in #12"],
    ["ja", "タイムアウトを追加する #12"],
    ["zh", "增加超时 #12"],
    ["zh", "增加超时（#12）"],
    ["ko", "타임아웃 추가 #12"],
  ])("in %s: %s", (_, text) => {
    expect(told(`- ${text}`)).toMatch(/^ticket #12: [^#]+$/);
  });
});

describe("a ticket in the sentence", () => {
  it.each([
    ["Write a test for the bug in #1", "#1"],
    ["Reverts #7", "#7"],
    ["Revert #7", "#7"],
    ["Investigate #4", "#4"],
    ["Ship the retry patch, fixes #9", "#9"],
    ["Write a test for bug #1", "#1"],
    ["Backport of acme/shop#3", "acme/shop#3"],
    ["Same as #5", "#5"],
    ["Follow up on #3", "#3"],
    ["Do it after #10 and #11", "#11"],
    [`Write a test for the bug in ${link(1)}`, "#1"],
    [`Reverts ${link(7)}`, "#7"],
    [`Fix ${link(9)} for good`, "#9"],
    [`${link(7)} must never be merged again`, "#7"],
    [`Add a [bug](${LINK}/1) template`, "#1"],
    ["Test für den Fehler in #1", "#1"],
    [`${link(7)} zurücknehmen`, "#7"],
    ["Prueba para el fallo de #1", "#1"],
    ["Teste para o erro de #1", "#1"],
    ["Test du bug de #1", "#1"],
    ["Test per il bug di #1", "#1"],
    ["Test voor de fout in #1", "#1"],
    ["回滚 #7", "#7"],
    [`修复 ${link(9)}`, "#9"],
    [`${link(7)} を元に戻す`, "#7"],
  ])("%s", (text, ref) => {
    const said = text.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1");
    expect(told(`- ${text}`)).toBe(`mention ${ref}: ${said}`);
  });

  it.each(["This fixes #9 for good", "Einen Test für #1 schreiben", "#7を元に戻す"])(
    "amid it is no reference at all: %s",
    (text) => {
      expect(told(`- ${text}`)).toBe(text);
    },
  );
});

describe("a table", () => {
  it.each([
    ["a column of tickets", "| Action | Ticket |", "| Add timeouts | #12 |", "ticket #12: Add timeouts"],
    ["a cell of another purpose", "| Action | Where |", "| Add timeouts | #12 |", "ticket #12: Add timeouts"],
    [
      "words that lead to it there",
      "| Action | Where |",
      "| Add timeouts | tracked in #12 |",
      "ticket #12: Add timeouts",
    ],
    ["a sentence there", "| Action | Where |", "| Add timeouts | covers the bug in #1 |", "mention #1: Add timeouts"],
    ["a sentence that goes on", "| Action | Where |", "| Add timeouts | #1 shows why |", "mention #1: Add timeouts"],
    ["the work itself", "| Action | Where |", "| Write tests for #9 | shop |", "mention #9: Write tests for #9"],
  ])("%s", (_, head, row, said) => {
    expect(told(`${head}\n|---|---|\n${row}`)).toBe(said);
  });
});
