import { expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { type Query, search } from "../../src/tracking/search.js";
import { document, item, TODAY } from "../render/samples.js";

const incident = (part: object) => ({ id: null, date: null, severity: null, services: [], tags: [], ...part });
const ALL = [
  {
    policy: DEFAULT_POLICY,
    document: document({
      id: "gateway",
      title: "Payment gateway outage",
      incident: incident({
        id: "INC-89",
        date: "2024-09-12",
        severity: "SEV-1",
        services: ["payments"],
        tags: ["pool"],
      }),
    }),
    items: [
      item("Add timeouts to every call", { due: "2024-09-25" }, { owners: ["Lisa Wong"] }, { assignees: ["lisa"] }),
      item("Write the runbook", {}, { owners: ["dev"], done: true }, { open: false, closedOn: "2024-09-20" }),
    ],
  },
  {
    policy: DEFAULT_POLICY,
    document: document({
      id: "cafe",
      path: "postmortems/cafe.md",
      title: "Café zu spät: gateway slow",
      incident: incident({ date: "2024-03-01", severity: "SEV-3", services: ["café"] }),
    }),
    items: [item("Watch the gateway", {}, { owners: ["dev"] }, null)],
  },
];

const found = (query: Partial<Query>) =>
  search(ALL, { words: [], ...query }, TODAY).map(({ document, item }) => item?.base.title ?? document.id);

it.each([
  [{ words: ["gateway"] }, ["gateway", "cafe", "Watch the gateway"]],
  [{ words: ["gate", "PAY"] }, ["gateway"]],
  [{ words: ["inc-89"] }, ["gateway"]],
  [{ words: ["spat", "cafe"] }, ["cafe"]],
  [{ words: ["way"] }, []],
  [{ words: ["*", "<b>"] }, []],
  [{ open: true }, ["Add timeouts to every call", "Watch the gateway"]],
  [{ owner: "@LISA" }, ["Add timeouts to every call"]],
  [{ owner: "dev", open: true }, ["Watch the gateway"]],
  [{ service: "cafe" }, ["cafe", "Watch the gateway"]],
  [{ severity: "sev-1", words: ["runbook"] }, ["Write the runbook"]],
  [{ tag: "pool", open: true }, ["Add timeouts to every call"]],
  [{ since: "2024-09-01", words: ["gateway"] }, ["gateway"]],
  [{ tag: "nothing" }, []],
] as [Partial<Query>, string[]][])("%j finds %j", (query, expected) => {
  expect(found(query)).toEqual(expected);
});
