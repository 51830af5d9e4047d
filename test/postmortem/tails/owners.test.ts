/** Who owns an item, where several are named, none is, or a word only looks like a name. */
import { expect, it } from "vitest";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const HEAD = "# Bakery closed\n\n**Date:** 2024-09-12\n\n## Action items\n\n";

/** What is written, the title, the owners, and the due date where it states one. */
const ITEMS: readonly (readonly [string, string, readonly string[], string?])[] = [
  ["Oil the door - @ana & @ben", "Oil the door", ["ana", "ben"]],
  ["Oil the door (@ana + @ben)", "Oil the door", ["ana", "ben"]],
  ["Oil the door, owner @ana, reviewer @ben", "Oil the door", ["ana"]],
  ["Oil the door - @ana cc @ben", "Oil the door", ["ana"]],
  ["Oil the door - approved by @ben, assigned to @ana", "Oil the door", ["ana"]],
  ["Oil the door - ~~@ana~~ @ben - due ~~Sept 20~~ Oct 25", "Oil the door", ["ben"], "2024-10-25"],
  ["Oil the door @Ana Ruiz @September 25, 2024", "Oil the door", ["Ana Ruiz"], "2024-09-25"],
  ["Oil the door **Owner:** Ana **Due:** 2024-10-01", "Oil the door", ["Ana"], "2024-10-01"],
  ["Oil the door (Ana, bis Freitag)", "Oil the door", ["Ana"], "2024-09-13"],
  ["Ana to write the list by Friday", "write the list", ["Ana"], "2024-09-13"],
  ["Ana will check the oven", "check the oven", ["Ana"]],
  ["Script to clean the oven", "Script to clean the oven", []],
  ["Alert to check the oven", "Alert to check the oven", []],
  ["Access to be removed", "Access to be removed", []],
  ["Pin `@types/node` @ana", "Pin @types/node", ["ana"]],
  ["Pin `@types/node`", "Pin @types/node", []],
  ["Show how to bake a loaf within 1 day - @ana", "Show how to bake a loaf within 1 day", ["ana"]],
  ["Make the oven cool - ✅ THIS HELPED US", "Make the oven cool - ✅ THIS HELPED US", []],
];

it.each(ITEMS)("%s", (text, title, owners, due = undefined) => {
  const [item] = readPostmortem("a.md", `${HEAD}- [ ] ${text}\n`, DEFAULT_READ_OPTIONS).items;
  expect(item).toMatchObject({ title, owners, due: due ?? null });
});

it("a column for owners has the last word", () => {
  const table =
    "| Action | Owner |\n|---|---|\n| **@channel** is silent: repair it | @ana |\n| @ana: oil the door | @ana |\n";
  const { items } = readPostmortem("a.md", HEAD + table, DEFAULT_READ_OPTIONS);
  expect(items.map(({ title, owners }) => [title, owners])).toEqual([
    ["@channel is silent: repair it", ["ana"]],
    ["oil the door", ["ana"]],
  ]);
});

it("who is mentioned behind the name of a group owns what stands under it", () => {
  const { items } = readPostmortem(
    "a.md",
    `${HEAD}- [ ] Oven @ana\n    - [ ] Oil the door\n    - [ ] Buy a timer @ben\n`,
    DEFAULT_READ_OPTIONS,
  );
  expect(items.map(({ title, owners }) => [title, owners])).toEqual([
    ["Oil the door", ["ana"]],
    ["Buy a timer", ["ben"]],
  ]);
});

/** In each language, behind or before those who share the work. */
const TOGETHER: readonly (readonly [string, readonly string[]])[] = [
  ["Ana and Ben together", ["Ana", "Ben"]],
  ["Ana y Rui juntos", ["Ana", "Rui"]],
  ["Ana e Rui em conjunto", ["Ana", "Rui"]],
  ["Ana et Luc ensemble", ["Ana", "Luc"]],
  ["Ana und Kai gemeinsam", ["Ana", "Kai"]],
  ["Ana e Ugo insieme", ["Ana", "Ugo"]],
  ["devops samen", ["devops"]],
  ["運用チーム共同", ["運用チーム"]],
  ["运维组一起", ["运维组"]],
  ["운영팀 함께", ["운영팀"]],
  ["Анна и Пётр вместе", ["Анна", "Пётр"]],
  ["Ayşe ve Can birlikte", ["Ayşe", "Can"]],
  ["Ana og Ola sammen", ["Ana", "Ola"]],
  ["Ana", ["Ana"]],
  ["together", ["together"]],
];

it.each(TOGETHER)("a column for owners: %s", (cell, owners) => {
  const table = `| Action | Owner |\n|---|---|\n| Oil the door | ${cell} |\n`;
  const [item] = readPostmortem("a.md", HEAD + table, DEFAULT_READ_OPTIONS).items;
  expect(item?.owners).toEqual(owners);
});

/** The state of finished work, in each language, as a status column has it. */
const FINISHED: readonly string[] = [
  "Applied|In effect|Deployed",
  "Aplicado|En producción|Corregida",
  "Aplicado|Em produção|Corrigida",
  "Appliqué|En place|Corrigée|Mise en production",
  "Ausgerollt|In Kraft|Eingeführt",
  "Applicata|In produzione|Corretto",
  "Toegepast|Doorgevoerd|Uitgerold",
  "適用済み|反映済み|運用中",
  "已应用|已生效|已落实",
  "적용됨|반영 완료|운영 중",
  "Применено|Развёрнуто|Введена",
  "Yayınlandı|Devrede|Eklendi",
  "Innført|Rullet ut|På plass",
];

it.each(FINISHED)("a column for the state: %s", (states) => {
  const rows = states.split("|").map((state) => `| Oil the door | ${state} |`);
  const { items } = readPostmortem(
    "a.md",
    `${HEAD}| Action | Status |\n|---|---|\n${rows.join("\n")}\n`,
    DEFAULT_READ_OPTIONS,
  );
  expect(items.map(({ done }) => done)).toEqual(rows.map(() => true));
});
