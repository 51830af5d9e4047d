/**
 * For trying the App on a machine that GitHub cannot reach: deliveries come by way of a smee.io channel
 * (WEBHOOK_PROXY_URL). https://docs.github.com/en/webhooks/using-webhooks/handling-webhook-deliveries#step-1-get-a-webhook-proxy-url
 */
import { SmeeClient } from "smee-client";
import { WEBHOOK_PATH } from "./server.js";

/** Forwards the channel's deliveries to the service on `port`; the signature is checked there as ever. */
export async function startProxy(url: string, port: number): Promise<{ stop(): Promise<void> }> {
  const client = new SmeeClient({
    source: url,
    target: `http://localhost:${port}${WEBHOOK_PATH}`,
    logger: { info() {}, error() {} },
  });
  await client.start();
  return { stop: () => client.stop() };
}
