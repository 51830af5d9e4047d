/** Which people and linked issues of a document are looked up: the first hundred, in its order. */
import { describe, expect, it } from "vitest";
import { lookupsOf, MOST_LOOKUPS } from "../../src/tracking/lookups.js";

const HERE = {
  web: "https://github.com",
  owner: "acme",
  name: "shop",
  page: "https://github.com/acme/shop/blob/main/a.md",
};
const item = (login: string, ref: string | null = null) => ({ owners: [login], mentions: [login], ref, refUrl: null });

describe("lookupsOf", () => {
  it("takes each person and issue once, in the order of the document, up to the most of both together", () => {
    const items = Array.from({ length: 200 }, (_, n) => item(`person-${n % 150}`, `#${n + 1}`));
    const { logins, issues, leftOut } = lookupsOf(items, { owners: {} }, HERE);
    expect(logins.size + issues.size).toBe(MOST_LOOKUPS);
    expect([...logins].at(-1)).toBe("person-49");
    expect([...issues].at(-1)).toBe(50);
    expect(leftOut.logins.size).toBe(100);
    expect(leftOut.issues.size).toBe(150);
  });

  it("counts people whom the policy names, and no issue where links do not matter", () => {
    const policy = { owners: { Payments: ["@lisa", "@dev", "@acme/payments"] } };
    const payments = { owners: ["Payments"], mentions: [], ref: "#7", refUrl: null };
    expect([...lookupsOf([payments], policy, null).logins]).toEqual(["dev", "lisa"]);
    expect(lookupsOf([payments], policy, null).issues.size).toBe(0);
    expect([...lookupsOf([payments], policy, HERE).issues]).toEqual([7]);
  });
});
