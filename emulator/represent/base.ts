/** Addresses, dates and node ids as every representation needs them. */
import type { components } from "@octokit/openapi-types";
import { fullNameOf, type Repository, type World } from "../world.js";

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** GitHub's dates have no milliseconds. */
export function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function stampOrNull(date: Date | null): string | null {
  return date === null ? null : stamp(date);
}

export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64url");
}

export function apiUrl(world: World, path: string): string {
  return `${world.origin}/api/v3${path}`;
}

export function repositoryApi(world: World, repository: Repository): string {
  return apiUrl(world, `/repos/${fullNameOf(repository)}`);
}

export function repositoryHtml(world: World, repository: Repository): string {
  return `${world.origin}/${fullNameOf(repository)}`;
}
