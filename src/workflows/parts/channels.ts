/** Which channels a repository's policy has told, and why one of them is not. */

import type { PlainDate } from "../../calendar.js";
import type { Work } from "../../jobs/work.js";
import { type ChannelSettings, type ChannelsSettings, channelNamed, variableOf } from "../../people/settings.js";
import type { Policy } from "../../policy/schema.js";
import type { Repository } from "../../tracking/types.js";
import { mayBeTold } from "../../tracking/visibility.js";
import type { Scene } from "./scene.js";

/** A telling of the digest, or of a person's summary. */
export type Tell = Extract<Work, { readonly kind: "tell" }>;

/** What the week's digest is told as, beside GitHub. */
export function toTell({ repository, policy }: Scene, week: PlainDate): Tell[] {
  const { id: repositoryId, installationId } = repository;
  const tell = (channel: string, person: string | null): Tell => ({
    ...{ kind: "tell", installationId, repositoryId },
    ...{ channel, week, person },
  });
  const { channels, summaries } = policy.digest;
  return [
    ...[...new Set(channels)].map((channel) => tell(channel, null)),
    ...Object.entries(summaries).map(([person, channel]) => tell(channel, person)),
  ];
}

type Place = Pick<Repository, "owner" | "name" | "visibility" | "policyOrigin">;

/** The channel of that name, as a repository may use it; else why it may not, with the fix. */
export function usable(
  repository: Place,
  name: string,
  channels: ChannelsSettings,
): { readonly channel: ChannelSettings } | { readonly why: string } {
  const channel = channelNamed(channels, name);
  if (channel === undefined) return { why: `the policy names the channel ${name}. Set ${variableOf(name)} for it` };
  const { owner, name: repo } = repository;
  const names = [owner, `${owner}/${repo}`].map((one) => one.toLowerCase());
  if (channel.allowed !== null && !channel.allowed.some((one) => names.includes(one)))
    return {
      why: `the policy names the channel ${name}, which ${variableOf(name).replace(/URL$/, "FOR")} keeps for others`,
    };
  if (!mayBeTold(repository, channel))
    return {
      why: `its text is not told in the channel ${name}, where others may read. To have it told, name the channel in a policy of its own`,
    };
  return { channel };
}

/** What keeps channels that a policy names from being told, a line each. */
export function channelProblems(repository: Place, { digest }: Policy, channels: ChannelsSettings): string[] {
  const names = new Set(digest.enabled ? [...digest.channels, ...Object.values(digest.summaries)] : []);
  return [...names].flatMap((name) => {
    const found = usable(repository, name, channels);
    return "why" in found ? [found.why] : [];
  });
}
