/** What /metrics shows, in Prometheus' text format. No label carries a name from a repository: their number stays small. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { AGE_WORDS } from "../render/report/measures.js";
import { STATES } from "../render/states.js";
import type { Store } from "../store/types.js";
import { type Counted, countedOnce, countedState } from "../tracking/figures/counted.js";
import { type Figures, figuresOf } from "../tracking/figures/figures.js";
import { lastOutcomeOf, OUTCOMES } from "../tracking/outcomes.js";
import { countedIn } from "../workflows/parts/counted.js";

/** To read all items takes a while, so their figures are computed again after so long at the earliest. */
const TOTALS_KEPT_MS = 10 * 60_000;

interface Totals {
  readonly states: ReadonlyMap<string, number>;
  /** Of the nudges whose week of answers is over, how many led to what. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly figures: Figures;
}

export class Metrics {
  readonly registry = new Registry();
  readonly deliveries = new Counter({
    name: "follow_through_deliveries_total",
    help: "Webhook deliveries by event and what became of them (recorded, ignored, invalid, failed, refused, aborted).",
    labelNames: ["event", "outcome"] as const,
    registers: [this.registry],
  });
  readonly jobs = new Counter({
    name: "follow_through_jobs_total",
    help: "Runs of work by kind and outcome.",
    labelNames: ["kind", "outcome"] as const,
    registers: [this.registry],
  });
  readonly requests = new Counter({
    name: "follow_through_github_requests_total",
    help: "Requests sent to GitHub by route and status.",
    labelNames: ["route", "status"] as const,
    registers: [this.registry],
  });
  readonly limitLeft = new Gauge({
    name: "follow_through_github_limit_left",
    help: "Requests left in GitHub's primary limit, as last told.",
    registers: [this.registry],
  });
  readonly lastSweep = new Gauge({
    name: "follow_through_last_sweep_timestamp_seconds",
    help: "When a sweep last succeeded.",
    registers: [this.registry],
  });

  constructor(store: Store, now: () => Date) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: "follow_through_queue",
      help: "Pieces of work by state (ready, waiting, leased, dead).",
      labelNames: ["state"] as const,
      registers: [this.registry],
      async collect() {
        const { ready, waiting, leased, dead } = await store.work.stats(now());
        for (const [state, amount] of Object.entries({ ready, waiting, leased, dead })) this.set({ state }, amount);
      },
    });
    new Gauge({
      name: "follow_through_queue_oldest_seconds",
      help: "How long the oldest ready piece of work has been waiting.",
      registers: [this.registry],
      async collect() {
        this.set((await store.work.stats(now())).oldestReadySeconds);
      },
    });
    this.#items(store, now);
  }

  /** Totals of all action items; where the database cannot be read, they are left out. */
  #items(store: Store, now: () => Date): void {
    let kept: { readonly at: number; readonly totals: Promise<Totals | null> } | null = null;
    const totals = (): Promise<Totals | null> => {
      const at = now().getTime();
      if (kept && at >= kept.at && at - kept.at < TOTALS_KEPT_MS) return kept.totals;
      const found = totalsOf(store, now()).catch(() => {
        kept = null;
        return null;
      });
      kept = { at, totals: found };
      return found;
    };
    const gauge = (name: string, help: string, label: string, values: (totals: Totals) => Iterable<[string, number]>) =>
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [this.registry],
        async collect() {
          this.reset();
          const found = await totals();
          if (found) for (const [of, amount] of values(found)) this.set({ [label]: of }, amount);
        },
      });
    gauge("follow_through_action_items", "Action items by state.", "state", ({ states }) => states);
    gauge("follow_through_action_items_open", "Action items still owed, by age.", "age", ({ figures }) =>
      AGE_WORDS.map((age, index) => [age, figures.openByAge[index] ?? 0]),
    );
    gauge(
      "follow_through_action_items_done",
      "Action items done that had a due date, by the first one or later.",
      "when",
      ({ figures }) => {
        const { count, of } = figures.byFirstDate;
        return [
          ["by the first date", count],
          ["later", of - count],
        ];
      },
    );
    gauge(
      "follow_through_nudges",
      "Nudges more than a week old, by what came of them within that week.",
      "outcome",
      ({ outcomes }) => outcomes,
    );
  }
}

async function totalsOf(store: Store, now: Date): Promise<Totals> {
  const all: Counted[] = [];
  for (const repository of await store.repositories())
    if (repository.lostAt === null) all.push(...(await countedIn(store, repository, now)).counted);
  const promised = all.filter(({ item }) => item.openedOn !== null);
  const outcomes = promised.flatMap(({ item, day }) =>
    item.nudges.flatMap((nudge) => lastOutcomeOf(item, nudge, day) ?? []),
  );
  return {
    states: amounts(Object.keys(STATES), all.map(countedState)),
    outcomes: amounts(OUTCOMES, outcomes),
    figures: figuresOf(countedOnce(promised), { since: null }),
  };
}

/** How often each name stands among others; 0 of those that do not. */
function amounts(names: readonly string[], found: readonly string[]): Map<string, number> {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
