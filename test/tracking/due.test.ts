import { describe, expect, it } from "vitest";
import { addDays } from "../../src/calendar.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { dueFor } from "../../src/tracking/due.js";
import { an, policyWith } from "./samples.js";

const policy = policyWith({ due: { ...DEFAULT_POLICY.due, by_severity: { "SEV-1": 3 } } });
const FROM = "2024-09-16";

describe("where a due date comes from", () => {
  it.each([
    [
      "what the item states comes first",
      { due: "2024-10-01", dueText: "Oct 1", priority: "P0" },
      "SEV-1",
      "2024-10-01",
      "stated",
    ],
    ["also where it is past", { due: "2024-01-01" }, null, "2024-01-01", "stated"],
    [
      "then the section's window",
      { window: "Complete within 1 week", priority: "P0" },
      "SEV-1",
      "2024-09-23",
      "window",
    ],
    ["named windows by the policy", { window: "Short-term" }, null, "2024-10-16", "window"],
    ["then the priority", { priority: "P1" }, "SEV-1", "2024-09-23", "priority"],
    ["written in any way", { priority: "p-1" }, null, "2024-09-23", "priority"],
    ["one the policy does not know is passed over", { priority: "Whenever" }, null, "2024-10-16", "default"],
    ["then the severity", {}, "sev1", "2024-09-19", "severity"],
    ["then the default", {}, "SEV-4", "2024-10-16", "default"],
  ])("%s", (_, part, severity, due, kind) => {
    const found = dueFor(an("Add timeouts", part), { severity, services: [] }, policy, FROM);
    expect([found.due, found.origin.kind]).toEqual([due, kind]);
  });

  it.each([
    ["by priority", { priority: "P1" }, "2024-09-26", "priority"],
    ["by default", {}, "2024-10-29", "default"],
    ["named windows", { window: "Short-term" }, "2024-10-29", "window"],
    ["not what the document counts itself", { window: "Complete within 1 week" }, "2024-09-23", "window"],
    ["nor what it states", { due: "2024-09-21" }, "2024-09-21", "stated"],
  ])("counts business days where the policy does: %s", (_, part, due, kind) => {
    const calendar = { ...DEFAULT_POLICY.calendar, business_days: true, holidays: ["2024-09-17"] };
    const found = dueFor(an("x", part), { severity: null, services: [] }, policyWith({ calendar }), FROM);
    expect([found.due, found.origin.kind]).toEqual([due, kind]);
  });

  it("quotes the item, or the day where it quotes nothing", () => {
    expect(
      dueFor(an("x", { due: "2024-10-01", dueText: "Oct 1" }), { severity: null, services: [] }, policy, FROM).origin,
    ).toEqual({
      kind: "stated",
      text: "Oct 1",
    });
    expect(dueFor(an("x", { due: "2024-10-01" }), { severity: null, services: [] }, policy, FROM).origin).toEqual({
      kind: "stated",
      text: "2024-10-01",
    });
  });

  it("is nowhere where the policy wants none", () => {
    const none = policyWith({ due: { ...DEFAULT_POLICY.due, default: null } });
    expect(dueFor(an("x"), { severity: null, services: [] }, none, FROM)).toEqual({
      due: null,
      origin: { kind: "none" },
    });
  });

  it("goes by the incident's services behind all else, of several by the fewest days", () => {
    const due = { ...DEFAULT_POLICY.due, by_service: { Payments: 5, "check out": 10 } };
    const found = dueFor(
      an("x"),
      { severity: null, services: ["checkout", "payments", "web"] },
      policyWith({ due }),
      FROM,
    );
    expect(found).toEqual({ due: addDays(FROM, 5), origin: { kind: "service", service: "payments" } });
    expect(dueFor(an("x"), { severity: null, services: ["web"] }, policyWith({ due }), FROM).origin.kind).toBe(
      "default",
    );
  });
});
