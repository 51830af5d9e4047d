/** What /metrics shows, in Prometheus' text format. No label carries a name from a repository: their number stays small. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Store } from "../store/types.js";

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
  }
}
