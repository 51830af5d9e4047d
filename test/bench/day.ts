/**
 * `npm run bench:day`: a working day of 50, 100 and 200 organisations with 20 repositories each on average, on PostgreSQL with three
 * replicas of the built service, each a process, and an emulated GitHub. `-- --installations 10,20 --hours 4 --small 3 --large 25` makes it smaller:
 * every tenth organisation has 110 repositories, or as many as `--large` says, and each other one 10 (`--small`).
 *
 * The day passes as fast as the work is done: GitHub's clock goes on by a quarter of an hour, the replicas tick, people do what
 * they do in that quarter, and the next begins once nothing is due. So counts are those of a day, and seconds are those of a day that is
 * so many times as dense; how many, it says. Ends with 1 where something was not done, or twice.
 */
import { startCluster } from "../support/cluster.js";
import findPostgres from "../support/postgres.js";
import { type DayFigures, runDay } from "./day/run.js";

const LIMIT = 5_000;
const MINUTES = 20;
const STATEMENTS = 8;

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const number = (value: number, digits = 0): string =>
  value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const share = (requests: number): string => `${number((100 * requests) / LIMIT, 1)}% of ${number(LIMIT)}`;
const mib = (bytes: number): string => number(bytes / 2 ** 20, 1);
const bytesOf = ({ tables }: DayFigures): number => tables.reduce((sum, { bytes }) => sum + bytes, 0);

function page(day: DayFigures): string[] {
  const { requests, age, tables, statements, findings } = day;
  const all = statements?.reduce((sum, { ms }) => sum + ms, 0) ?? 0;
  return [
    "",
    `a day of ${day.hours} hours: ${day.installations} installations, ${number(day.repositories)} repositories; ` +
      `${number(day.seconds)} s, set-up and night included`,
    `   deliveries: ${number(day.deliveries)}, of which ${number(day.failedDeliveries)} failed while replicas came and went, and were asked for again; ` +
      `of ${number(day.lostDeeds)} deeds none came`,
    `   requests an installation and hour: median ${requests.median} (${share(requests.median)}), 99th percentile ${requests.p99}, ` +
      `worst ${requests.worst} (${share(requests.worst)})`,
    `   at the first contact: ${day.first} (median); in the night: ${day.night} (median)`,
    `   requests of the App itself: ${number(day.appRequests)} an hour (median)`,
    ...Object.entries({ "people wait for": age.people, "schedules want": age.schedules }).map(
      ([what, { p50, p99 }]) =>
        `   age of the oldest piece that ${what}: p50 ${number(p50, 1)} s, p99 ${number(p99, 1)} s`,
    ),
    `   from a merge to its status comment: p50 ${number(age.merges.p50, 1)} s, p99 ${number(age.merges.p99, 1)} s`,
    `   replicas: ${number(day.cpuSeconds, 1)} s of processor time in the working day, ${number(day.peakMiB)} MiB at the peak of one`,
    `   database: ${mib(bytesOf(day))} MiB: ${tables
      .slice(0, 6)
      .map(({ table, rows, bytes }) => `${table} ${mib(bytes)} (${number(rows)} rows)`)
      .join(", ")}`,
    ...(statements === null
      ? ["   statements: this PostgreSQL does not count them (pg_stat_statements)"]
      : [
          `   statements in the working day: ${number(statements.reduce((sum, { calls }) => sum + calls, 0))}, ${number(all / 1000, 1)} s; by time:`,
          ...statements
            .slice(0, STATEMENTS)
            .map(
              ({ text, calls, ms }) =>
                `      ${number((100 * ms) / all).padStart(3)}%  ${number(calls).padStart(8)} × ${number(ms / calls, 2).padStart(6)} ms  ${text.replace(/\s+/g, " ").slice(0, 100)}`,
            ),
        ]),
    ...findings.map(
      ({ name, detail }) => `   ${detail === null ? "held" : "BROKEN"}: ${name}${detail === null ? "" : `: ${detail}`}`,
    ),
  ];
}

/** What grows with installations: a line for each size. */
function slopes(days: readonly DayFigures[]): string[] {
  const rows = days.map((day) => {
    const hour = day.installations * day.hours;
    const statements = day.statements?.reduce((sum, { calls }) => sum + calls, 0) ?? 0;
    const ms = day.statements?.reduce((sum, one) => sum + one.ms, 0) ?? 0;
    return [
      day.installations,
      number(day.requests.all / hour, 1),
      number(day.appRequests),
      number((1000 * day.cpuSeconds) / hour),
      number(statements / hour),
      number(ms / hour, 1),
      number(bytesOf(day) / day.installations / 1024),
      number(day.age.people.p99, 1),
      number(day.age.merges.p99, 1),
    ];
  });
  return [
    "",
    "what grows with installations: an installation and hour costs",
    "| Installations | Requests | Of the App an hour, all | ms of a replica's processor | Statements | ms of PostgreSQL's statements | KiB kept, an installation | Oldest that people wait for, p99 s | Merge to comment, p99 s |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ];
}

const sizes = (argument("--installations") ?? "50,100,200").split(",").map(Number);
const hours = Number(argument("--hours") ?? 10);
const repositories = { large: Number(argument("--large") ?? 110), small: Number(argument("--small") ?? 10) };
const cluster = await startCluster(["shared_preload_libraries=pg_stat_statements"]);
if (cluster) process.env.TEST_DATABASE_URL = cluster.url;
const stop = cluster?.remove ?? (await findPostgres());
const started = performance.now();
const days: DayFigures[] = [];
try {
  if (!process.env.TEST_DATABASE_URL) throw new Error("there is no PostgreSQL to run it on");
  for (const installations of sizes) {
    const day = await runDay({ installations, hours, repositories });
    days.push(day);
    for (const line of page(day)) console.log(line);
    for (const line of day.findings.some(({ detail }) => detail !== null) ? day.said.slice(-20) : []) console.log(line);
  }
  for (const line of slopes(days)) console.log(line);
} finally {
  await stop?.();
}
const minutes = (performance.now() - started) / 60_000;
console.log(`\n${number(minutes, 1)} minutes in all (at most ${MINUTES})`);
const isBroken = minutes > MINUTES || days.some(({ findings }) => findings.some(({ detail }) => detail !== null));
process.exit(isBroken ? 1 : 0);
