/** What the emulator's own tests share: a small world, and Octokit as Probot makes it, without its waiting. */
import { ProbotOctokit } from "probot";
import { Emulator, type EmulatorOptions } from "./emulator.js";
import type { InstallationHandle, RepositoryHandle } from "./handles.js";

export interface Stage {
  gh: Emulator;
  repo: RepositoryHandle;
  installation: InstallationHandle;
  /** As the App itself. */
  app: ProbotOctokit;
  /** As the App's installation. */
  octokit: ProbotOctokit;
}

function octokitFor(gh: Emulator, installationId?: number): ProbotOctokit {
  const { APP_ID, PRIVATE_KEY } = gh.environment;
  return new ProbotOctokit({
    auth: { appId: APP_ID, privateKey: PRIVATE_KEY, ...(installationId === undefined ? {} : { installationId }) },
    baseUrl: gh.apiUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** `acme/shop`, where ada can write, ben triage and eve nothing, with the App installed. */
export async function stage(options: EmulatorOptions = {}): Promise<Stage> {
  const gh = await Emulator.start({ now: () => new Date("2025-03-03T09:00:00Z"), ...options });
  gh.organisation("acme", { members: ["ada", "ben"], teams: { payments: ["ada"] } });
  gh.user("eve");
  const repo = gh.repository("acme/shop", { members: { ada: "write", ben: "triage" } });
  const installation = gh.installApp({ on: ["acme/shop"] });
  return { gh, repo, installation, app: octokitFor(gh), octokit: octokitFor(gh, installation.id) };
}

export const SHOP = { owner: "acme", repo: "shop" } as const;

/** The status and body with which a request was refused; fails where it was not. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; message: string; errors: unknown }> {
  try {
    await request;
  } catch (error) {
    const { status, response } = error as {
      status: number;
      response?: { data?: { message?: string; errors?: unknown } };
    };
    return { status, message: response?.data?.message ?? String(error), errors: response?.data?.errors };
  }
  throw new Error("the request was answered, not refused");
}
