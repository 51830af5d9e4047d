/** Whether the whole service says that it can take work, and what a forged delivery leaves behind. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const ready = async () => {
  const answer = await fetch(`http://127.0.0.1:${stage.service.port}/readyz`);
  return [answer.status, (await answer.text()).trim()];
};

describe("the service", () => {
  it("is ready while its queue moves, and is not once work waits for too long", async () => {
    expect(await ready()).toEqual([200, "ready"]);
    const { store } = stage.service.context;
    const { installationId, repositoryId } = {
      installationId: stage.installation.state.id,
      repositoryId: stage.repo.state.id,
    };
    await store.enqueue({ kind: "sweep", installationId, repositoryId }, stage.gh.clock.now());
    expect((await ready())[0]).toBe(200);
    stage.gh.clock.set(new Date(stage.gh.clock.now().getTime() + 16 * 60_000));
    expect(await ready()).toEqual([503, "The queue is stuck: work has been waiting for too long."]);
    await stage.settle();
    expect((await ready())[0]).toBe(200);
  });

  it("is not ready where the database is gone, takes no delivery then, and says no more than that", async () => {
    await stage.service.context.store.close();
    const [status, text] = await ready();
    expect(status).toBeGreaterThanOrEqual(500);
    expect(text).toMatch(/^(The database does not answer\.|Something went wrong\.)$/);
    stage.repo.as("ada").pushDirect({ "postmortems/a.md": "# Outage\n" });
    await stage.gh.webhooks.settled();
    const push = stage.gh.webhooks.log.findLast(({ event }) => event === "push");
    expect(String(push?.status)).not.toMatch(/^(OK|2\d\d)$/);
  });
});
