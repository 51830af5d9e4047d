/**
 * The digest of an organisation: which repository it stands in is said by the policy in the owner's `.github` repository, as it was last read here. Made
 * from the database alone. A repository's items stand there only where no more people read them, or its own policy says so.
 */
import type { PlainDate } from "../calendar.js";
import { ORGANISATION_REPOSITORY } from "../github/port.js";
import type { Telling } from "../people/channel.js";
import type { ChannelSettings } from "../people/settings.js";
import { loadPolicy } from "../policy/load.js";
import type { Policy } from "../policy/schema.js";
import { isTold } from "../render/digest.js";
import { linksOf } from "../render/links.js";
import {
  type OfOrganisation,
  organisationMessage,
  type Part,
  renderOrganisationComment,
  renderOrganisationIssue,
} from "../render/organisation.js";
import type { Tables } from "../store/types.js";
import type { Repository } from "../tracking/types.js";
import { mayBeNamed, mayBeTold } from "../tracking/visibility.js";
import { organisationToTell, type Tell } from "./parts/channels.js";
import { storedInput, weekOf } from "./parts/digest-input.js";
import { isPosted, isRenewalDue, post, type Rolling, renew } from "./parts/rolling.js";
import type { Scene } from "./parts/scene.js";

type Place = Pick<Repository, "id" | "installationId" | "owner" | "name">;

/** The name of the repository in which an owner's digest stands, in lower case; null where there is none. */
export async function organisationsPlace(
  store: Pick<Tables, "repositories">,
  owner: Omit<Place, "id" | "name">,
): Promise<string | null> {
  const { enabled, digest } = await organisationsPolicy(store, owner);
  return (enabled && digest.organisation?.toLowerCase()) || null;
}

/** What the organisation's policy says of its digest, where that stands in a repository; null where it does not. */
async function digestPolicy(store: Pick<Tables, "repositories">, place: Place): Promise<Pick<Policy, "digest"> | null> {
  const policy = await organisationsPolicy(store, place);
  return policy.enabled && policy.digest.organisation && isSame(policy.digest.organisation, place.name) ? policy : null;
}

/** As it was read last: in the organisation's own repository, or by another that has none of its own. */
async function organisationsPolicy(
  store: Pick<Tables, "repositories">,
  { installationId, owner }: Omit<Place, "id" | "name">,
): Promise<Pick<Policy, "enabled" | "digest">> {
  const theirs = (await store.repositories(installationId)).filter((one) => isSame(one.owner, owner) && !one.lostAt);
  const source =
    theirs.find(({ name, policyText }) => isSame(name, ORGANISATION_REPOSITORY) && policyText !== null) ??
    theirs.find(({ policyOrigin }) => policyOrigin?.kind === "organisation" && isSame(policyOrigin.owner, owner));
  return loadPolicy(source?.policyText ?? null).policy;
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Posts the organisation's digest of this week where it stands here; returns whether there was one to post. */
export async function postOrganisation(scene: Scene): Promise<boolean> {
  const said = await digestPolicy(scene.store, scene.repository);
  if (said === null) return false;
  const parts = await partsIn(scene);
  const rolling = rollingOf(scene, said, parts);
  if (!isAnyTold(parts, said) || (await isPosted(scene, rolling))) return false;
  return post(scene, rolling);
}

const isAnyTold = (parts: readonly Part[], said: Pick<Policy, "digest">): boolean =>
  parts.some(({ input }) => isTold(input, said));

/** Has it show how things stand now; see `renewDigest`. */
export async function renewOrganisation(scene: Scene): Promise<void> {
  const said = isRenewalDue(scene, "organisation-digest") && (await digestPolicy(scene.store, scene.repository));
  if (said) await renew(scene, rollingOf(scene, said, await partsIn(scene)));
}

/** The text of the organisation's digest, where it stands in this repository and has something to say. */
export async function organisationText(scene: Scene): Promise<string | null> {
  const said = await digestPolicy(scene.store, scene.repository);
  const parts = said ? await partsIn(scene) : [];
  return said && isAnyTold(parts, said) ? rollingOf(scene, said, parts).text({}) : null;
}

/** The channels that the organisation's policy has told the digest which stands here. */
export async function organisationTellings(
  { store, repository }: Pick<Scene, "store" | "repository">,
  week: PlainDate,
): Promise<Tell[]> {
  const said = await digestPolicy(store, repository);
  return said ? organisationToTell(repository, said.digest, week) : [];
}

/** Their names. */
export const organisationChannels = async (
  store: Pick<Tables, "repositories">,
  place: Place,
): Promise<readonly string[]> => (await digestPolicy(store, place))?.digest.organisation_channels ?? [];

/** What a channel is told of the organisation; null where there is nothing to say. */
export async function organisationTelling(
  scene: Scene,
  { channel: name, week }: Tell,
  channel: ChannelSettings,
): Promise<Telling | null> {
  const said = await digestPolicy(scene.store, scene.repository);
  const parts = said ? await partsOf(scene, (one, policy) => mayBeToldIn(name, channel, one, policy)) : [];
  if (!said || !isAnyTold(parts, said)) return null;
  const { owner } = scene.repository;
  const message = organisationMessage(inputOf(scene, parts));
  return { message: { ...message, title: `${owner}: ${message.title}` }, key: `${owner} digest ${week}` };
}

/** Nothing private, and what is internal only among members, unless the repository's own policy names the channel. */
function mayBeToldIn(name: string, channel: ChannelSettings, one: Repository, { digest }: Policy): boolean {
  const isOwnWord = one.policyOrigin?.kind === "own" && digest.channels.includes(name);
  return isOwnWord || mayBeTold({ ...one, policyOrigin: null }, channel);
}

const inputOf = ({ today, links, policy }: Scene, parts: readonly Part[]): OfOrganisation => ({
  ...{ parts, today, links },
  label: policy.labels[0] ?? "action-item",
});

function rollingOf(scene: Scene, { digest }: Pick<Policy, "digest">, parts: readonly Part[]): Rolling {
  const input = inputOf(scene, parts);
  const week = weekOf(scene.today);
  return {
    kind: "organisation-digest",
    week,
    wants: organisationToTell(scene.repository, digest, week),
    text: (of) => renderOrganisationIssue(input, of),
    comment: (week) => renderOrganisationComment(input, week),
  };
}

/** The repositories whose items may stand in this one, and that have, or had, any. */
const partsIn = (scene: Scene): Promise<Part[]> => partsOf(scene, (one) => mayStand(one, scene.repository));

/** Those of the organisation's repositories that may, and that have, or had, any items. */
async function partsOf(scene: Scene, may: (one: Repository, policy: Policy) => boolean): Promise<Part[]> {
  const { store, repository: place, web, today } = scene;
  const parts: Part[] = [];
  for (const one of await store.repositories(place.installationId)) {
    const { policy } = loadPolicy(one.policyText);
    if (!isSame(one.owner, place.owner) || one.lostAt || !policy.enabled || !may(one, policy)) continue;
    if (!(await store.hasDocuments(one.id))) continue;
    const links = linksOf(web, one, one.policyOrigin);
    parts.push({ name: `${one.owner}/${one.name}`, input: await storedInput(store, one.id, { policy, today, links }) });
  }
  return parts;
}

/** Its own policy may say so (`digest.in_organisation`); the organisation's may not say it for a repository. */
function mayStand(text: Repository, place: Repository): boolean {
  if (mayBeNamed(text, place)) return true;
  return text.policyOrigin?.kind === "own" && loadPolicy(text.policyText).policy.digest.in_organisation;
}
