/** Which repositories' text may stand where: never in a place that more people read. */
import type { Repository } from "./types.js";

type Place = Pick<Repository, "id" | "visibility">;

/**
 * Whether text of a repository may stand in an issue, comment or check run of another (`place`). A public one's may stand everywhere. An
 * internal one's may stand in internal ones; not in a private one, whose guests read nothing of the enterprise. A private one's only
 * in itself, since other people were given access there. One of which it is not known yet counts as private.
 */
export function mayBeNamed(text: Place, place: Place): boolean {
  if (text.id === place.id) return true;
  switch (text.visibility ?? "private") {
    case "public":
      return true;
    case "internal":
      return place.visibility === "internal";
    case "private":
      return false;
  }
}

/**
 * Whether text of a repository may be told in a channel that its policy names. Its own policy is its maintainers' word. One that holds for
 * all of the organisation is somebody else's: then nothing private is told, and what is internal only among members.
 */
export function mayBeTold(
  { visibility = "private", policyOrigin }: Pick<Repository, "visibility" | "policyOrigin">,
  { isPublic }: { readonly isPublic: boolean },
): boolean {
  if (policyOrigin?.kind === "own" || visibility === "public") return true;
  return visibility === "internal" && !isPublic;
}
