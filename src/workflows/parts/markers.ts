/**
 * What the markers of a repository say, where they count: in what the App's bot wrote (the caller sees to that), and of things that
 * are this repository's own. People with rights on issues can edit a marker, or copy one from elsewhere; so what cannot be, or belongs
 * to another repository, is passed over with a line in the log (none of its text), and nothing stops because of it.
 */
import {
  type ItemMarker,
  isOfRepository,
  type MarkerKind,
  markerData,
  parseItemMarker,
  parseStatusMarker,
  type StatusMarker,
} from "../../render/marker.js";
import type { Scene } from "./scene.js";

type Repository = Pick<Scene, "repository" | "log">;

/** Something on GitHub with a body: an issue, or a comment on one. */
interface Written {
  readonly number: number;
  readonly body: string;
}

/** The item that an issue's marker (`item`), or that of the App's comment on an adopted one (`adopted`), says to be followed there. */
export function itemMarkerOf(scene: Repository, kind: "item" | "adopted", written: Written): ItemMarker | null {
  const found = parseItemMarker(kind, written.body);
  if (found === null) {
    if (markerData(written.body, kind) !== null) passOver(scene, kind, written, "it cannot be read");
    return null;
  }
  if (!isOfRepository(found.document, scene.repository.id)) {
    passOver(scene, kind, written, "it is of another repository");
    return null;
  }
  if (found.edited) passOver(scene, kind, written, "some of it cannot be and was left out");
  return found;
}

/** The documents of this repository that a status comment speaks of, and their items that have, or had, an issue; null where it is none. */
export function statusMarkerOf(scene: Repository, written: Written): Omit<StatusMarker, "edited"> | null {
  const told = parseStatusMarker(written.body);
  if (told === null) return null;
  const own = told.documents.filter((document) => isOfRepository(document, scene.repository.id));
  if (told.edited) passOver(scene, "status", written, "some of it cannot be and was left out");
  if (own.length < told.documents.length) passOver(scene, "status", written, "some of it is of another repository");
  const ids = new Set(own.map(({ id }) => id));
  return { documents: own, opened: told.opened.filter(({ document }) => ids.has(document)) };
}

function passOver({ repository, log }: Repository, kind: MarkerKind, { number }: Written, why: string): void {
  log.warn({ repository: repository.id, number, marker: kind }, `a marker was edited: ${why}`);
}
