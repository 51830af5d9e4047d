/**
 * Tells one channel a week's digest, or somebody's own summary, as things stand now. Once: before it is sent that is recorded, and what came of
 * it after. A process that dies in between, or an answer that never came, leaves doubt; then it is sent once more, and no third
 * time, but to a channel that takes each key once (docs/adr/0029).
 */
import type { PlainDate } from "../calendar.js";
import { Fatal, Retryable } from "../errors.js";
import { workKey } from "../jobs/work.js";
import type { Telling } from "../people/channel.js";
import { KINDS } from "../people/kinds.js";
import { bodyOf } from "../people/send.js";
import type { ChannelSettings, ChannelsSettings } from "../people/settings.js";
import { digestMessage, isTold, summaryMessage } from "../render/digest.js";
import { organisationTelling, organisationTellings } from "./organisation.js";
import { reachable, type Tell, toTell, type Usable, usable } from "./parts/channels.js";
import type { Context } from "./parts/context.js";
import { digestInput, weekOf } from "./parts/digest-input.js";
import { loadScene } from "./parts/load-scene.js";
import type { At, Scene } from "./parts/scene.js";

/** Sends what the work names, unless it was sent, or the policy has it told no more. */
export async function tell(context: Context, work: Tell): Promise<void> {
  const scene = await loadScene(context, work);
  if (!scene?.people) return;
  const { repository, people, log } = scene;
  const { channel: name } = work;
  if (!(await wantedIn(scene, work.week)).some((one) => workKey(one) === workKey(work))) return;
  const found = channelFor(scene, work, people.channels);
  if ("why" in found) {
    log.warn({ repository: repository.id, channel: name, why: found.why }, "a channel is not told");
    return;
  }
  const { channel } = found;
  const telling = await tellingOf(scene, work, channel);
  if (telling === null) return;
  await sendOnce(scene, work, KINDS[channel.kind].knowsKeys, () => people.send(name, channel, telling));
}

/** All that is told of a repository, and in it of the organisation. */
async function wantedIn(scene: Scene, week: PlainDate): Promise<Tell[]> {
  if (!scene.policy.digest.enabled) return [];
  return [...toTell(scene, week), ...(await organisationTellings(scene, week))];
}

const channelFor = ({ repository }: Scene, { channel, of }: Tell, channels: ChannelsSettings): Usable =>
  of === "organisation" ? reachable(repository, channel, channels) : usable(repository, channel, channels);

/** What a channel is told; null where there is nothing to say. */
async function tellingOf(scene: Scene, work: Tell, channel: ChannelSettings): Promise<Telling | null> {
  if (work.of === "organisation") return organisationTelling(scene, work, channel);
  const { repository, policy } = scene;
  const { person, week } = work;
  const place = `${repository.owner}/${repository.name}`;
  const input = await digestInput(scene);
  if (person !== null) {
    const message = summaryMessage(input, person, place, policy);
    return message && { message, key: `${place} summary ${person} ${week}` };
  }
  if (!isTold(input, policy)) return null;
  const message = digestMessage(input);
  return { message: { ...message, title: `${place}: ${message.title}` }, key: `${place} digest ${week}` };
}

/** All that a channel is told of a repository as things stand now, as it is sent there; or why it is told nothing. */
export async function previewTelling(
  context: Context,
  at: At,
  name: string,
): Promise<{ readonly bodies: readonly string[] } | { readonly why: string }> {
  const scene = await loadScene(context, at);
  if (!scene?.people) return { bodies: [] };
  const wanted = (await wantedIn(scene, weekOf(scene.today))).filter(({ channel }) => channel === name);
  if (wanted.length === 0) return { why: `the policy names no channel ${name}. Name it in digest.channels` };
  const bodies: string[] = [];
  for (const work of wanted) {
    const found = channelFor(scene, work, scene.people.channels);
    if ("why" in found) return found;
    const telling = await tellingOf(scene, work, found.channel);
    if (telling) bodies.push(JSON.stringify(JSON.parse(bodyOf(found.channel, telling)), null, 2));
  }
  return { bodies };
}

async function sendOnce(scene: Scene, work: Tell, knowsKeys: boolean, send: () => Promise<void>): Promise<void> {
  const { store, repository, githubTime, now } = scene;
  const { id } = repository;
  const key = `tell:${work.channel}:${work.person ?? ""}:${work.week}${work.of ? `:${work.of}` : ""}`;
  const again = `again:${key}`;
  if ((await store.answers(id, [key])).length > 0) return;
  const first = await store.beginIntent(id, key, githubTime());
  let begun = key;
  if (!first.fresh) {
    const second = await store.beginIntent(id, again, githubTime());
    if (!second.fresh && !knowsKeys)
      throw new Fatal(
        `The channel ${work.channel} was told twice and gave no answer, so it is not told a third time. See whether it was`,
      );
    begun = again;
  }
  try {
    await send();
  } catch (error) {
    if (error instanceof Fatal || (error instanceof Retryable && error.undone)) await store.finishIntent(id, begun);
    throw error;
  }
  await store.transaction(async (tables) => {
    await tables.saveAnswer({ repositoryId: id, question: key, yes: true, at: now().toISOString() });
    await tables.finishIntent(id, key);
    await tables.finishIntent(id, again);
  });
}
