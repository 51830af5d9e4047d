/**
 * What a route is: an operation of GitHub's description, what it takes to be allowed it, and a function from a call to an answer. Query,
 * body and answer have the types of the description (`@octokit/openapi-types`), so an answer that GitHub would not give
 * does not compile.
 */
import type { operations } from "@octokit/openapi-types";
import { GitHubError, notFound } from "./errors.js";
import type { Limits } from "./limits.js";
import type { Manifests } from "./manifests.js";
import type { Tokens } from "./tokens.js";
import type { Webhooks } from "./webhooks.js";
import type { Installation, Issue, Permissions, Repository, World } from "./world.js";

export type OperationId = keyof operations;
type JsonContent<T> = T extends { content: { "application/json": infer B } } ? B : undefined;
export type Body<Op extends OperationId> = operations[Op] extends { requestBody: infer B }
  ? JsonContent<B>
  : operations[Op] extends { requestBody?: infer B }
    ? JsonContent<NonNullable<B>> | undefined
    : undefined;
export type Query<Op extends OperationId> = operations[Op] extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : unknown;
type Path<Op extends OperationId> = operations[Op] extends { parameters: { path: infer P } } ? keyof P & string : never;
type Responses<Op extends OperationId> = operations[Op]["responses"];

/** A status of the description with the body that goes with it. */
type Answer<Op extends OperationId> = {
  [Status in keyof Responses<Op>]: { status: Status; body: JsonContent<Responses<Op>[Status]> };
}[keyof Responses<Op>];

/** Who asks: the App itself with its JWT, one of its installations with a token, or nobody known where no name is needed. */
export type Viewer =
  | { kind: "nobody" }
  | { kind: "app" }
  | { kind: "installation"; installation: Installation; permissions: Permissions; repositories: Set<number> | null };

/** One permission set of several that would do. */
export type Need = { [Name in keyof Permissions]?: "read" | "write" };

/** The parts of the emulator that routes work on. */
export interface Services {
  world: World;
  webhooks: Webhooks;
  tokens: Tokens;
  manifests: Manifests;
  limits: Limits;
  /** Entries after which a recursive tree is cut off. */
  treeLimit: number;
  lists: Lists;
}

export interface Call<Op extends OperationId> extends Services {
  viewer: Viewer;
  params: Record<Path<Op>, string>;
  query: Query<Op>;
  body: Body<Op>;
  /** The address as it was asked for, for links to other pages. */
  url: URL;
  /** Headers for the answer. */
  headers: Record<string, string>;
}

export interface RepositoryCall<Op extends OperationId> extends Call<Op> {
  repository: Repository;
}

type Handler<C, Op extends OperationId> = (call: C) => Answer<Op>;

/** A route as the server keeps it, its types checked where it was written. */
export interface Route {
  id: OperationId;
  as: Viewer["kind"];
  /** Any one of these will do; none needed where empty. */
  needs: readonly Need[];
  handle: (call: never) => { status: PropertyKey; body: unknown };
}

/** An operation of the App itself, asked for with its JWT. */
export function appRoute<Op extends OperationId>(id: Op, handle: Handler<Call<Op>, Op>): Route {
  return { id, as: "app", needs: [], handle };
}

/** An operation that takes no token; what it is asked with is proof enough. */
export function openRoute<Op extends OperationId>(id: Op, handle: Handler<Call<Op>, Op>): Route {
  return { id, as: "nobody", needs: [], handle };
}

/** An operation of an installation that names no repository. */
export function installationRoute<Op extends OperationId>(
  id: Op,
  needs: readonly Need[],
  handle: Handler<Call<Op>, Op>,
): Route {
  return { id, as: "installation", needs, handle };
}

/** An operation of an installation on one repository, which is found and checked before. */
export function repositoryRoute<Op extends OperationId>(
  id: Op,
  needs: readonly Need[],
  handle: Handler<RepositoryCall<Op>, Op>,
): Route {
  return { id, as: "installation", needs, handle };
}

/** A call for a list, as far as its pages are concerned. */
interface ListCall {
  query: { page?: number | undefined; per_page?: number | undefined };
  url: URL;
  headers: Record<string, string>;
  lists: Lists;
}

/** How GitHub tells lists; a test may change it. */
export interface Lists {
  /** Entries after which a list is told no further. https://github.com/singer-io/tap-github/issues/61 */
  end: number;
  /** Whether links to further pages of issues hold cursors; on older GitHub Enterprise Servers they do not. */
  cursors: boolean;
  /** Entries of issues after which a page must be asked for by its cursor. https://github.com/josegonzalez/python-github-backup/issues/429 */
  endWithoutCursor: number;
  /** Entries that are taken out of a page after it was cut, as what GitHub takes for spam is: the page is short then. */
  hides: (entry: unknown) => boolean;
}

const TOO_FAR =
  "In order to keep the API fast for everyone, pagination is limited for this resource. Check the rel=last link relation in the Link response header to see how far back you can traverse.";
const CURSOR_NEEDED =
  "Pagination with the page parameter is not supported for large datasets, please use cursor based pagination (after/before)";

/** The page asked for (30 entries when not said, 100 at most), with the `Link` header that leads to the others. */
export function paged<T>(call: ListCall, items: readonly T[]): T[] {
  const size = Math.min(100, Math.max(1, call.query.per_page ?? 30));
  const page = Math.max(1, call.query.page ?? 1);
  if ((page - 1) * size >= call.lists.end) throw new GitHubError(422, TOO_FAR);
  const told = Math.min(items.length, call.lists.end);
  const last = Math.max(1, Math.ceil(told / size));
  const link = (to: number, rel: string) => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(to));
    return `<${url}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(Math.min(page - 1, last), "prev")] : []),
    // Beyond the end GitHub's link leads on, to a refusal.
    ...(page * size < items.length ? [link(page + 1, "next"), link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  if (links.length > 0) call.headers.link = links.join(", ");
  return shown(call, items.slice((page - 1) * size, page * size));
}

/** A page of a list that is told by cursors to its end; by page numbers alone only for a while. */
export function pagedByCursor<T extends { id: number }>(call: ListCall, items: readonly T[]): T[] {
  if (!call.lists.cursors) return paged(call, items);
  const size = Math.min(100, Math.max(1, call.query.per_page ?? 30));
  const after = call.url.searchParams.get("after");
  const byPage = (Math.max(1, call.query.page ?? 1) - 1) * size;
  if (after === null && byPage >= call.lists.endWithoutCursor) throw new GitHubError(422, CURSOR_NEEDED);
  const start = after === null ? byPage : items.findIndex(({ id }) => `cursor-${id}` === after) + 1;
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  if (last !== undefined && start + size < items.length) {
    const url = new URL(call.url);
    url.searchParams.set("page", String(Math.floor(start / size) + 2));
    url.searchParams.set("after", `cursor-${last.id}`);
    call.headers.link = `<${url}>; rel="next"`;
  }
  return shown(call, page);
}

const shown = <T>({ lists }: ListCall, page: T[]): T[] => page.filter((entry) => !lists.hides(entry));

/** The issue or pull request a path names; one that was deleted is 410, one that was transferred is elsewhere. */
export function issueOf(call: { repository: Repository; params: { issue_number: string } }): Issue {
  const issue = call.repository.issues.get(Number(call.params.issue_number));
  if (issue === undefined) throw notFound();
  return issue;
}

/** An answer, its status kept as the very number. */
export function answer<const Status extends number, Content>(status: Status, body: Content) {
  return { status, body };
}
