/**
 * The digest of an organisation: which repository it stands in is said by the policy in the owner's `.github` repository, as it was last read here. Made
 * from the database alone. A repository's items stand there only where no more people read them, or its own policy says so.
 */

import { ORGANISATION_REPOSITORY } from "../github/port.js";
import { loadPolicy } from "../policy/load.js";
import { hasNews } from "../render/digest.js";
import { linksOf } from "../render/links.js";
import { type Part, renderOrganisationComment, renderOrganisationIssue } from "../render/organisation.js";
import type { Tables } from "../store/types.js";
import type { Repository } from "../tracking/types.js";
import { mayBeNamed } from "../tracking/visibility.js";
import { storedInput, weekOf } from "./parts/digest-input.js";
import { isPosted, isRenewalDue, post, type Rolling, renew } from "./parts/rolling.js";
import type { Scene } from "./parts/scene.js";

type Place = Pick<Repository, "id" | "installationId" | "owner" | "name">;

/** Whether the organisation's digest stands in a repository. */
export async function isOrganisationsPlace(store: Pick<Tables, "repositories">, place: Place): Promise<boolean> {
  const named = await organisationsWord(store, place);
  return named !== null && named.toLowerCase() === place.name.toLowerCase();
}

/** What the organisation's policy names, as it was read last: in its own repository, or by another that has none of its own. */
async function organisationsWord(
  store: Pick<Tables, "repositories">,
  { installationId, owner }: Place,
): Promise<string | null> {
  const theirs = (await store.repositories(installationId)).filter((one) => isSame(one.owner, owner) && !one.lostAt);
  const source =
    theirs.find(({ name, policyText }) => isSame(name, ORGANISATION_REPOSITORY) && policyText !== null) ??
    theirs.find(({ policyOrigin }) => policyOrigin?.kind === "organisation" && isSame(policyOrigin.owner, owner));
  const { policy } = loadPolicy(source?.policyText ?? null);
  return policy.enabled ? policy.digest.organisation : null;
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Posts the organisation's digest of this week where it stands here; returns whether there was one to post. */
export async function postOrganisation(scene: Scene): Promise<boolean> {
  if (!(await isOrganisationsPlace(scene.store, scene.repository))) return false;
  const parts = await partsIn(scene);
  const rolling = rollingOf(scene, parts);
  if (!parts.some(({ input }) => hasNews(input)) || (await isPosted(scene, rolling))) return false;
  return post(scene, rolling);
}

/** Has it show how things stand now; see `renewDigest`. */
export async function renewOrganisation(scene: Scene): Promise<void> {
  if (!isRenewalDue(scene, "organisation-digest") || !(await isOrganisationsPlace(scene.store, scene.repository)))
    return;
  await renew(scene, rollingOf(scene, await partsIn(scene)));
}

/** The text of the organisation's digest, where it stands in this repository and has something to say. */
export async function organisationText(scene: Scene): Promise<string | null> {
  if (!(await isOrganisationsPlace(scene.store, scene.repository))) return null;
  const parts = await partsIn(scene);
  return parts.some(({ input }) => hasNews(input)) ? rollingOf(scene, parts).text({}) : null;
}

function rollingOf({ today, links, policy }: Scene, parts: readonly Part[]): Rolling {
  const input = { parts, today, links, label: policy.labels[0] ?? "action-item" };
  return {
    kind: "organisation-digest",
    week: weekOf(today),
    wants: [],
    text: (of) => renderOrganisationIssue(input, of),
    comment: (week) => renderOrganisationComment(input, week),
  };
}

/** The repositories whose items may stand in this one, and that have, or had, any. */
async function partsIn(scene: Scene): Promise<Part[]> {
  const { store, repository: place, web, today } = scene;
  const parts: Part[] = [];
  for (const one of await store.repositories(place.installationId)) {
    const { policy } = loadPolicy(one.policyText);
    if (!isSame(one.owner, place.owner) || one.lostAt || !policy.enabled || !mayStand(one, place)) continue;
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
