/** What the App asks for, as `app.yml` says it, and the manifest with which one is registered. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const schema = z.object({
  name: z.string(),
  description: z.string(),
  url: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

/** The keys are GitHub's: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters */
export type AppManifest = z.infer<typeof schema>;

/** `app.yml`, which comes with the program. */
export function appManifest(): AppManifest {
  return schema.parse(parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")));
}

const LEVELS = ["none", "read", "write", "admin"];

/** What `app.yml` asks for and an App or installation does not have; permissions with the level asked for. */
export function lackingFor(has: {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}): { readonly permissions: readonly (readonly [name: string, level: string])[]; readonly events: readonly string[] } {
  const { default_permissions: permissions, default_events: events } = appManifest();
  return {
    permissions: Object.entries(permissions).filter(
      ([name, level]) => LEVELS.indexOf(has.permissions[name] ?? "none") < LEVELS.indexOf(level),
    ),
    events: events.filter((event) => !has.events.includes(event)),
  };
}

/** GitHub wants an address where there is to be a webhook at all; this one is nobody's (https://www.rfc-editor.org/rfc/rfc2606). */
const NOWHERE = "https://example.com/api/github/webhooks";

/**
 * The manifest of a new App. `redirectUrl`: where GitHub leads the browser back to; `webhookUrl`: null for a webhook that is switched
 * off, so that GitHub makes a secret for it all the same.
 */
export function manifestFor(options: { readonly redirectUrl: string; readonly webhookUrl: string | null }): object {
  const { redirectUrl, webhookUrl } = options;
  return {
    ...appManifest(),
    redirect_url: redirectUrl,
    hook_attributes: { url: webhookUrl ?? NOWHERE, active: webhookUrl !== null },
  };
}
