/**
 * Which issue an issue was marked as a duplicate of. REST tells only that it was; GraphQL names the other one in the event of the timeline, and has no
 * field of the issue for it: https://docs.github.com/en/graphql/reference/objects#markedasduplicateevent
 */
import { z } from "zod";
import { AuthorProblem, OutOfSight, Retryable } from "../errors.js";
import { Refused } from "./errors.js";
import { closingOf } from "./facts.js";
import type { Marked } from "./port.js";
import { READ, type Sender, send, type Where } from "./send.js";

/** The newest events come last; one of another issue is there too where that was marked as a duplicate of this. */
const QUERY = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      timelineItems(last: 10, itemTypes: [MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT]) {
        nodes {
          __typename
          ... on MarkedAsDuplicateEvent {
            duplicate { ... on Issue { number } }
            canonical {
              __typename
              ... on Issue {
                number
                state
                stateReason(enableDuplicate: true)
                closedAt
                repository { databaseId nameWithOwner visibility }
              }
            }
          }
        }
      }
    }
  }
}`;

const issueNode = z.object({
  __typename: z.literal("Issue"),
  number: z.int(),
  state: z.enum(["OPEN", "CLOSED"]),
  stateReason: z.string().nullable(),
  closedAt: z.string().nullable(),
  repository: z.object({
    databaseId: z.int().nullable(),
    nameWithOwner: z.string(),
    visibility: z.enum(["PUBLIC", "PRIVATE", "INTERNAL"]),
  }),
});
const event = z.object({
  __typename: z.string(),
  duplicate: z.object({ number: z.int().optional() }).nullish(),
  canonical: z.union([issueNode, z.object({ __typename: z.string() })]).nullish(),
});
const answer = z.object({
  repository: z.object({ issue: z.object({ timelineItems: z.object({ nodes: z.array(event.nullable()) }) }) }),
});

/** What GitHub tells of an issue; null where it does not: it is out of reach, or too old a GitHub Enterprise Server. */
export async function markedAs(sender: Sender, where: Where, number: number): Promise<Marked | null> {
  const variables = { owner: where.owner, name: where.repo, number };
  const told = await send(sender, READ, (octokit) => octokit.graphql<object>(QUERY, variables).catch(partly)).catch(
    (error: unknown) => {
      // What is known of the issue itself is true without it.
      const passes = [Retryable, Refused, AuthorProblem, OutOfSight].some((kind) => error instanceof kind);
      if (passes) return null;
      throw error;
    },
  );
  const read = answer.safeParse(told);
  return read.success ? newest(read.data, number) : null;
}

/** An answer that names refusals still holds what was not refused: an issue that may not be seen is null. */
function partly(error: unknown): object {
  if (error instanceof Error && "errors" in error && "data" in error) return error.data ?? {};
  throw error;
}

function newest({ repository }: z.infer<typeof answer>, number: number): Marked {
  const nodes = repository.issue.timelineItems.nodes.filter((node) => node !== null);
  const last = nodes.findLast(({ duplicate }) => duplicate == null || duplicate.number === number);
  if (last?.__typename !== "MarkedAsDuplicateEvent") return "nothing";
  const { canonical } = last;
  if (canonical == null) return "hidden";
  if (!("number" in canonical)) return "nothing";
  const { state, stateReason, closedAt, repository: home } = canonical;
  const open = state === "OPEN";
  const [owner = "", name = ""] = home.nameWithOwner.split("/");
  return {
    number: canonical.number,
    repository: { id: home.databaseId, owner, name, visibility: VISIBILITY[home.visibility] },
    open,
    closedAt,
    closedAs: open ? null : closingOf(stateReason?.toLowerCase()),
  };
}

const VISIBILITY = { PUBLIC: "public", PRIVATE: "private", INTERNAL: "internal" } as const;
