/** Which earlier postmortems of the organisation one is like, and what is kept for that. */
import { fingerprint } from "../../render/marker.js";
import { profileToJson } from "../../similarity/kept.js";
import { mayBeNamed } from "../../tracking/visibility.js";
import { type Found, keyOf, Libraries } from "./libraries.js";
import type { LoadedDocument } from "./loaded-document.js";
import type { Scene } from "./scene.js";

/** The earlier postmortems that a document is like, of those that may be named where it stands; at most three, the likeliest first. */
export async function similarTo(scene: Scene, { document, profile }: LoadedDocument): Promise<Found[]> {
  if (!profile) return [];
  const { store, repository } = scene;
  const repositories = new Map((await store.repositories(repository.installationId)).map((one) => [one.id, one]));
  const { date } = document.incident;
  const own = { key: keyOf(repository.id, document.id), profile };
  return (scene.libraries ?? new Libraries()).like(store, repository.installationId, own, (other) => {
    const itsRepository = repositories.get(other.repositoryId);
    if (!itsRepository || itsRepository.lostAt !== null) return false;
    const isSame = itsRepository.id === repository.id && other.path === document.path;
    const isLater = date !== null && other.date !== null && other.date > date;
    return !isSame && !isLater && mayBeNamed(itsRepository, repository);
  });
}

/** Keeps what a document is compared by, and what it is like. */
export async function keepProfile(scene: Scene, loaded: LoadedDocument): Promise<void> {
  const { store, repository } = scene;
  const { document, profile } = loaded;
  if (!profile) return;
  const like = (await similarTo(scene, loaded)).map(({ repositoryId, documentId, words }) => ({
    repositoryId,
    documentId,
    words,
  }));
  const { date } = document.incident;
  const kept = { repositoryId: repository.id, documentId: document.id, date, profile, like };
  await store.saveProfile(kept, fingerprint(profileToJson({ ...kept, like: [] })));
}
