/** Commenting on the tracking issues of a small postmortem, for the tests of commands. */
import type { Stage } from "./stage.js";

export const PATH = "postmortems/cache.md";
export const TABLE = `# Cache outage

**Date:** 2024-09-10

## Action items

| Action | Owner | Due |
|---|---|---|
| Watch the hit rate | @dev | 2024-09-20 |
| Update the runbook | @lisa | 2024-10-25 |
`;

/** What a test asks and does on its stage, of which there is a new one for every test. */
export function commenting(current: () => Stage) {
  const numberOf = (title: string): number => {
    const found = current()
      .trackingIssues()
      .find((issue) => issue.title.includes(title));
    if (!found) throw new Error(`no issue about ${title}`);
    return found.number;
  };
  return {
    numberOf,
    /** Dev's item, due on Fri 20 Sep 2024; it is Mon 16 Sep. */
    watch: () => numberOf("hit rate"),
    bodyOf: (number: number) => current().repo.issue(number).body ?? "",
    /** The App's comments on an issue. */
    own: (number: number) =>
      current()
        .repo.comments(number)
        .filter((comment) => comment.viaApp),
    /** How many 👍 each comment on an issue has. */
    thumbs: (number: number) =>
      current()
        .repo.comments(number)
        .map((comment) => comment.reactions.filter(({ content }) => content === "+1").length),
    item: async (number: number) => {
      const stage = current();
      const found = await stage.service.context.store.itemOfIssue(stage.repo.state.id, number);
      if (!found) throw new Error(`issue ${number} is not tracked`);
      return found;
    },
    write: async (number: number, login: string, ...lines: string[]): Promise<void> => {
      const stage = current();
      stage.repo.as(login).comment(number, lines.join("\n"));
      await stage.settle();
    },
    /** Writes that people can see, or that cost GitHub's limits, since an earlier `gh.requests.length`. */
    writes: (from: number) =>
      current()
        .gh.requests.slice(from)
        .filter(({ method, path }) => method !== "GET" && path.includes("/repos/")),
  };
}
