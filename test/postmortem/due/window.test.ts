/** Windows that headings state, against an incident of Thursday 12 September 2024. */
import { expect, it } from "vitest";
import { resolveWindow, windowName } from "../../../src/postmortem/due/index.js";

it.each([
  ["Immediate (Complete within 1 week)", "2024-09-19"],
  ["Complete within 1 week", "2024-09-19"],
  ["within 30 days", "2024-10-12"],
  ["Short-term (30 days)", "2024-10-12"],
  ["Short-term (1-3 months)", "2024-12-12"],
  ["This quarter", "2024-09-30"],
  ["Next quarter", "2024-12-31"],
  ["Q4 2024", "2024-12-31"],
  ["Strategic (Q1 2025)", "2025-03-31"],
  ["Corto plazo (2 semanas)", "2024-09-26"],
  ["Kurzfristig (innerhalb von 2 Wochen)", "2024-09-26"],
  ["Court terme (sous 30 jours)", "2024-10-12"],
  ["短期（1か月以内）", "2024-10-12"],
  ["By end of October", "2024-10-31"],
  ["Next sprint", null],
  ["Immediate", null],
  ["Short-term", null],
  ["Long term actions", null],
  ["Action items", null],
  ["Phase 2", null],
  ["Monitoring and Alerting", null],
  ["SEV-1 follow-ups", null],
  ["", null],
] as const)("%s: %s", (text, date) => {
  expect(resolveWindow(text, "2024-09-12")).toBe(date);
});

it("resolves nothing relative without a reference", () => {
  expect(resolveWindow("within 30 days", null)).toBeNull();
  expect(resolveWindow("Q4 2024", null)).toBe("2024-12-31");
});

it.each([
  ["Immediate actions", "immediate"],
  ["Sofortmaßnahmen", "immediate"],
  ["Acciones inmediatas", "immediate"],
  ["Actions immédiates", "immediate"],
  ["立即", "immediate"],
  ["Short-Term (next 30 days)", "short"],
  ["Short term", "short"],
  ["Curto prazo", "short"],
  ["Kurzfristige Maßnahmen", "short"],
  ["Court terme", "short"],
  ["短期対策", "short"],
  ["단기", "short"],
  ["Medium-term", "medium"],
  ["Mid-term", "medium"],
  ["Mittelfristig", "medium"],
  ["中期", "medium"],
  ["Long-term improvements", "long"],
  ["Largo plazo", "long"],
  ["Langetermijn", "long"],
  ["長期", "long"],
  ["This quarter", null],
  ["Action items", null],
] as const)("%s is called %s", (text, name) => {
  expect(windowName(text)).toBe(name);
});
