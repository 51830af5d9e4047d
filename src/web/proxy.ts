/**
 * For trying the App on a machine that GitHub cannot reach: deliveries come by way of a smee.io channel
 * (WEBHOOK_PROXY_URL). https://docs.github.com/en/webhooks/using-webhooks/handling-webhook-deliveries#step-1-get-a-webhook-proxy-url
 */
import { SmeeClient } from "smee-client";
import type { Log } from "../jobs/log.js";
import { WEBHOOK_PATH } from "./server.js";

/** How long the channel may take to answer, and after what pause it is tried again where it does not. */
const CONNECT_MS = 10_000;
const RETRY_MS = 30_000;

/** smee.io makes a channel for whoever asks for this, and leads there. */
const NEW_CHANNEL = "https://smee.io/new";

/** The address of a new channel. @throws where smee.io cannot be reached, or answers otherwise. */
export async function createChannel(): Promise<string> {
  const signal = AbortSignal.timeout(CONNECT_MS);
  const { headers } = await fetch(NEW_CHANNEL, { method: "HEAD", redirect: "manual", signal });
  const channel = headers.get("location") ?? "";
  if (!/^https:\/\/smee\.io\/[\w-]+$/.test(channel)) throw new Error("smee.io made no channel");
  return channel;
}

export interface ProxyOptions {
  /** The channel. Whoever knows it can read the deliveries, so it is not logged whole. */
  readonly url: string;
  /** Where the service listens; the signature is checked there as ever. */
  readonly origin: string;
  readonly log: Log;
  readonly retryMs?: number;
}

/** Forwards the channel's deliveries for as long as it can be reached; where it cannot, it says so and goes on trying. */
export function startProxy({ url, origin, log, retryMs = RETRY_MS }: ProxyOptions): { stop(): Promise<void> } {
  const { host } = new URL(url);
  let client: SmeeClient | null = null;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const connect = async () => {
    const attempt = new SmeeClient({
      source: url,
      target: origin + WEBHOOK_PATH,
      logger: { info() {}, error() {} },
      maxConnectionTimeout: CONNECT_MS,
    });
    client = attempt;
    try {
      const events = await attempt.start();
      log.info({ host }, "deliveries come through the proxy");
      // A connection that breaks is made again by itself; one that is answered with an error is not.
      events.addEventListener("error", () => {
        if (events.readyState === events.CLOSED) again();
      });
    } catch {
      again();
    }
  };
  const again = () => {
    if (stopped) return;
    log.warn(
      { host },
      "the proxy for deliveries cannot be reached; it is tried again, and none come through it meanwhile",
    );
    client?.stop().catch(() => undefined);
    retry = setTimeout(connect, retryMs);
  };

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.stop();
    },
  };
}
