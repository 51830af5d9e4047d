/**
 * The App's check runs on a commit. They cannot be deleted, nor annotations taken from them, so what is said again is said
 * by a new one: GitHub shows the newest of a name.
 * https://docs.github.com/en/rest/checks/runs
 */
import type { CheckReport } from "../render/check.js";
import { fromAnnotation, toCheckRun } from "./facts.js";
import type { GitHub } from "./port.js";
import { CREATE, pages, type Sender, send, type Where, WRITE } from "./send.js";

/** What people see in the list of a pull request's checks. */
const NAME = "Follow-Through";

/** The port's part that is about check runs. */
export function checkRuns(
  sender: Sender,
  where: Where,
  bot: string,
): Pick<GitHub, "checkRuns" | "createCheckRun" | "updateCheckRun"> {
  return {
    async checkRuns(commit) {
      const runs = await pages(sender, async (octokit, page) => {
        // All, not only the latest: which is the newest is told by their ids, which never tie.
        const list = { ...where, ref: commit, check_name: NAME, filter: "all" as const, ...page };
        const { data, headers } = await octokit.rest.checks.listForRef(list);
        return { data: data.check_runs, headers };
      });
      // Another App may report under the same name.
      const own = runs.filter(({ app }) => `${app?.slug}[bot]` === bot);
      return own.map(toCheckRun).sort((a, b) => a.id - b.id);
    },

    async createCheckRun(commit, externalId, report) {
      const run = { ...where, name: NAME, head_sha: commit, external_id: externalId, ...reported(report) };
      const { data } = await send(sender, CREATE, (octokit) => octokit.rest.checks.create(run));
      return toCheckRun(data);
    },

    async updateCheckRun(id, report) {
      const run = { ...where, check_run_id: id, ...reported(report) };
      const { data } = await send(sender, WRITE, (octokit) => octokit.rest.checks.update(run));
      return toCheckRun(data);
    },
  };
}

const reported = ({ conclusion, title, summary, annotations }: CheckReport) => ({
  status: "completed" as const,
  conclusion,
  output: { title, summary, annotations: annotations.map(fromAnnotation) },
});
