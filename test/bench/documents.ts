/** Postmortems of realistic size and make-up, the same ones each time: 6 to 16 KiB, a timeline, prose, 5 to 12 items. */

/** A small generator of repeatable numbers (mulberry32), as a benchmark must not change from run to run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SENTENCES = [
  "The `ingest` workers ran out of connections once the pool on the primary was exhausted by slow queries.",
  "An alert fired four minutes later, but was routed to a channel that **nobody** on call had joined.",
  "We rolled back to the build of the day before; see [the deploy](https://deploys.example.com/4711) for its diff.",
  "About 12% of requests failed with `503` between 10:42 and 11:20 UTC, mostly in the checkout.",
  "The replica lagged by 900 seconds, since its disk was saturated by the nightly export.",
  "Two customers wrote in before we had posted to the status page, which we did at 10:58.",
  "The change had been reviewed, yet its test ran against an empty table and so saw no contention.",
  "No data was lost: writes were queued and replayed once the pool had been enlarged from 20 to 60.",
];
const TASKS = [
  "Alert when the pool has fewer than five free connections",
  "Write a runbook for enlarging the connection pool",
  "Route database alerts to the on-call channel",
  "Move the nightly export to the standby replica",
  "Add a load test with a realistic table to the pipeline",
  "Limit the time a query may run to 30 seconds",
  "Show the replica's lag on the main dashboard",
  "Train the support team in posting to the status page",
];
const PEOPLE = ["@lisa", "@marcus", "Priya Shah", "@acme/sre", "Tom", ""];
const DATES = [
  "2025-03-10",
  "Sept 25",
  "by end of March",
  "Q2 2025",
  "in two weeks",
  "next sprint",
  "25 Oct",
  "",
  "",
  "",
];

export function generateDocuments(count: number): string[] {
  return Array.from({ length: count }, (_, index) => generate(index));
}

function generate(index: number): string {
  const pick = numbers(index + 1);
  const one = (list: readonly string[]): string => list[pick(list.length)] ?? "";
  const paragraph = (): string => Array.from({ length: 3 + pick(4) }, () => one(SENTENCES)).join(" ");
  const timeline = Array.from(
    { length: 10 + pick(20) },
    (_, at) => `| 10:${String(at).padStart(2, "0")} | ${one(SENTENCES)} |`,
  );
  const count = 5 + pick(8);
  const items = Array.from({ length: count }, () => [one(TASKS), one(PEOPLE), one(DATES)] as const);
  const shapes = [
    () => [
      "| Action | Owner | Due | Status |",
      "|---|---|---|---|",
      ...items.map(([a, b, c]) => `| ${a} | ${b} | ${c} | Open |`),
    ],
    () => items.map(([a, b, c], at) => `- [${at % 4 ? " " : "x"}] ${a}${b && ` - ${b}`}${c && ` - Due ${c}`}`),
    () => items.map(([a, b, c], at) => `${at + 1}. **${a}** ${b && `(${b})`} ${c && `(ETA ${c})`}`),
    () => items.flatMap(([a, b, c]) => [`### ${a}`, "", `**Owner:** ${b}`, `**Due:** ${c}`, ""]),
  ];
  return [
    `# INC-2025-${100 + index}: Checkout degraded`,
    "",
    "**Date:** 2025-03-04 · **Severity:** SEV-2 · **Status:** resolved",
    "",
    ...["Summary", "Impact", "Root cause", "Detection", "What went well", "What went wrong"].flatMap((name) => [
      `## ${name}`,
      "",
      paragraph(),
      "",
      ...Array.from({ length: pick(5) }, () => `- ${one(SENTENCES)}`),
      "",
    ]),
    "## Timeline",
    "",
    "| Time | Event |",
    "|---|---|",
    ...timeline,
    "",
    "```",
    "ERROR pool: timed out waiting for a connection after 30000 ms",
    "```",
    "",
    "## Action items",
    "",
    ...(shapes[index % shapes.length]?.() ?? []),
    "",
  ].join("\n");
}
