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

/** What the digest of the organisation, which stands in a repository, is told as beside GitHub. */
export const organisationToTell = (
  { id: repositoryId, installationId }: Pick<Repository, "id" | "installationId">,
  { organisation_channels }: Policy["digest"],
  week: PlainDate,
): Tell[] =>
  [...new Set(organisation_channels)].map((channel) => ({
    ...{ kind: "tell", installationId, repositoryId },
    ...{ channel, week, person: null, of: "organisation" },
  }));

type Place = Pick<Repository, "owner" | "name" | "visibility" | "policyOrigin">;

/** A channel that may be told; else why not, with the fix. */
export type Usable = { readonly channel: ChannelSettings } | { readonly why: string };

/** The channel of that name, as a repository may use it for what is its own. */
export function usable(repository: Place, name: string, channels: ChannelsSettings): Usable {
  const found = reachable(repository, name, channels);
  if ("why" in found || mayBeTold(repository, found.channel)) return found;
  return {
    why: `its text is not told in the channel ${name}, where others may read. To have it told, name the channel in a policy of its own`,
  };
}

/** The channel of that name, where it is set, and not for others. */
export function reachable(repository: Pick<Place, "owner" | "name">, name: string, channels: ChannelsSettings): Usable {
  const channel = channelNamed(channels, name);
  if (channel === undefined) return { why: `the policy names the channel ${name}. Set ${variableOf(name)} for it` };
  const { owner, name: repo } = repository;
  const names = [owner, `${owner}/${repo}`].map((one) => one.toLowerCase());
  if (channel.allowed !== null && !channel.allowed.some((one) => names.includes(one)))
    return {
      why: `the policy names the channel ${name}, which ${variableOf(name).replace(/URL$/, "FOR")} keeps for others`,
    };
  return { channel };
}

/** What keeps channels that a policy names from being told, a line each. `organisations`: those told the organisation's digest, which stands there. */
export function channelProblems(
  repository: Place,
  { digest }: Policy,
  organisations: readonly string[],
  channels: ChannelsSettings,
): string[] {
  const own = digest.enabled ? [...digest.channels, ...Object.values(digest.summaries)] : [];
  const found = [
    ...own.map((name) => usable(repository, name, channels)),
    ...(digest.enabled ? organisations : []).map((name) => reachable(repository, name, channels)),
  ];
  return [...new Set(found.flatMap((one) => ("why" in one ? [one.why] : [])))];
}
