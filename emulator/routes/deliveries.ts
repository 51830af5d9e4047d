/** The App's log of deliveries, and sending one of them again. */
import { answer, appRoute, type Call, type OperationId, type Route } from "../call.js";
import { notFound } from "../errors.js";
import { stamp } from "../represent/base.js";
import type { Delivery } from "../webhooks.js";

function item(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt.toISOString(),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function deliveryOf(call: Pick<Call<OperationId>, "webhooks">, id: string): Delivery {
  const delivery = call.webhooks.log.find((d) => d.id === Number(id));
  if (delivery === undefined) throw notFound();
  return delivery;
}

/** Answered ones of the last three days, newest first. */
function kept(call: Pick<Call<OperationId>, "webhooks" | "world">): Delivery[] {
  const oldest = call.world.clock.now().getTime() - 3 * 24 * 3_600_000;
  return call.webhooks.log.filter((d) => d.status !== "pending" && d.deliveredAt.getTime() >= oldest).reverse();
}

export const deliveryRoutes: readonly Route[] = [
  appRoute("apps/list-webhook-deliveries", (call) => {
    const { cursor, per_page = 30, status } = call.query;
    const all = kept(call).filter((d) => status === undefined || (status === "success") === (d.status === "OK"));
    const start = cursor === undefined ? 0 : all.findIndex((d) => `v1_${d.id}` === cursor);
    if (start < 0) throw notFound();
    const size = Math.min(100, per_page);
    const next = all[start + size];
    if (next !== undefined) {
      const url = new URL(call.url);
      url.searchParams.set("cursor", `v1_${next.id}`);
      call.headers.link = `<${url}>; rel="next"`;
    }
    const page = all.slice(start, start + size).filter((delivery) => !call.lists.hides(delivery));
    return answer(200, page.map(item));
  }),
  appRoute("apps/get-webhook-delivery", (call) => {
    const delivery = deliveryOf(call, call.params.delivery_id);
    const request = { headers: delivery.requestHeaders, payload: JSON.parse(delivery.body) };
    const response = { headers: { ...delivery.responseHeaders }, payload: delivery.responseBody };
    return answer(200, { ...item(delivery), delivered_at: stamp(delivery.deliveredAt), request, response });
  }),
  appRoute("apps/redeliver-webhook-delivery", (call) => {
    call.webhooks.redeliver(deliveryOf(call, call.params.delivery_id));
    return answer(202, {});
  }),
];
