/** What the setup page shows: its pages and their words, without scripts, images or anything from elsewhere. */
import { Html, html, NOTHING } from "../html.js";
import { WEBHOOK_PATH } from "./server.js";

/** How deliveries are to reach the service. */
export const WEBHOOK_WAYS = ["address", "channel", "later"] as const;
export type WebhookWay = (typeof WEBHOOK_WAYS)[number];

/** What was entered, to be shown again; secrets are not. */
export interface Entered {
  readonly organisation: string;
  readonly way: WebhookWay;
  readonly address: string;
  readonly appId: string;
}

/** The fields of both forms, by their names. */
export type Field = "organisation" | "address" | "appId" | "privateKey" | "webhookSecret";
/** What is wrong, by field. */
export type Mistakes = Partial<Record<Field, string>>;

export interface FormPage {
  /** The path below which the forms are sent. */
  readonly base: string;
  /** Where GitHub is: `https://github.com`. */
  readonly web: string;
  /** The folder whose `.env` is written. */
  readonly folder: string;
  /** Whether a channel is set already (WEBHOOK_PROXY_URL). */
  readonly hasChannel: boolean;
  readonly asksFor: { readonly permissions: readonly string[]; readonly events: readonly string[] };
  readonly entered: Entered;
  readonly mistakes: Mistakes;
  /** What is wrong with no one field. */
  readonly trouble: string | null;
}

/** The first page: the two ways to get credentials. */
export function formPage(page: FormPage): string {
  const { base, web, folder, entered, mistakes, trouble, asksFor } = page;
  const wrong = Object.keys(mistakes).length > 0 || trouble !== null;
  const site = new URL(web).host;
  return whole(
    wrong ? "Please correct · Set up Follow-Through" : "Set up Follow-Through",
    html`<h1>Set up Follow-Through</h1>
${wrong ? summary(mistakes, trouble) : NOTHING}
<p>Follow-Through works on GitHub as a GitHub App that belongs to you. Register one now, or use one that is registered already. Its
credentials are written into <code>.env</code> in <code>${folder}</code>, for your user alone.</p>
<section aria-labelledby="new">
<h2 id="new">Register a new App</h2>
<p>GitHub shows what the App may do, and lets you choose its name. Be signed in to <a href="${web}">${site}</a> in this browser first.</p>
<details><summary>What it asks for</summary>
<p>Permissions: ${asksFor.permissions.join(", ")}.</p>
<p>Events: ${asksFor.events.join(", ")}.</p></details>
<form method="post" action="${base}/register" autocomplete="off">
${textField({ name: "organisation", label: "Organisation (optional)", hint: "Which organisation will own the App. Empty: you do.", value: entered.organisation, mistake: mistakes.organisation })}
${webhookChoice(page)}
<button type="submit">Continue to GitHub</button>
</form>
</section>
<section aria-labelledby="existing">
<h2 id="existing">Use an App that is registered already</h2>
<p>All three come from its settings page on GitHub. They are checked with GitHub before they are written.</p>
<form method="post" action="${base}/existing" autocomplete="off">
${textField({ name: "appId", label: "App ID", hint: "The number under “About”, not the client ID.", value: entered.appId, mistake: mistakes.appId, attributes: html` inputmode="numeric" required` })}
${keyField(mistakes.privateKey)}
${textField({ name: "webhookSecret", label: "Webhook secret", hint: "The one in the App's settings under “Webhook”. None there? Enter a new random one in both places.", value: "", mistake: mistakes.webhookSecret, attributes: html` type="password" required` })}
<button type="submit">Check and save</button>
</form>
</section>`,
  );
}

function webhookChoice({ entered, mistakes, hasChannel }: FormPage): Html {
  const choice = (way: WebhookWay, label: string, hint: string) =>
    html`<div class="choice"><input type="radio" name="way" id="way-${way}" value="${way}" aria-describedby="way-${way}-hint"${
      entered.way === way ? html` checked` : NOTHING
    }>
<div><label for="way-${way}">${label}</label><p class="hint" id="way-${way}-hint">${hint}</p></div></div>`;
  return html`<fieldset><legend>How webhooks reach this service</legend>
${choice(
  "channel",
  hasChannel
    ? "Through the channel of WEBHOOK_PROXY_URL, for trying it out"
    : "Through a channel on smee.io, for trying it out",
  "Works on a machine that GitHub cannot reach. Whoever knows the channel's address can read what GitHub sends, so use it with repositories for testing.",
)}
${choice("address", "At an address of its own", "For real use: a proxy with TLS leads from there to this machine.")}
<div class="below">${textField({ name: "address", label: "Address of this service", hint: "Such as https://follow-through.example.com", value: entered.address, mistake: mistakes.address, attributes: html` inputmode="url"` })}</div>
${choice("later", "Not yet", "The service looks at GitHub by itself every hour, until you set the address in the App's settings.")}
</fieldset>`;
}

interface TextField {
  readonly name: Field;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly mistake: string | undefined;
  readonly attributes?: Html;
}

function textField({ name, label, hint, value, mistake, attributes = NOTHING }: TextField): Html {
  return html`<div class="field"><label for="${name}">${label}</label>
<p class="hint" id="${name}-hint">${hint}</p>
${mistakeOf(name, mistake)}
<input id="${name}" name="${name}" value="${value}" spellcheck="false" autocapitalize="off" autocomplete="off"${described(name, mistake)}${attributes}></div>`;
}

function keyField(mistake: string | undefined): Html {
  return html`<div class="field"><label for="privateKey">Private key</label>
<p class="hint" id="privateKey-hint">All of the .pem file that GitHub had you download, from -----BEGIN to the end.</p>
${mistakeOf("privateKey", mistake)}
<textarea id="privateKey" name="privateKey" rows="6" spellcheck="false" autocapitalize="off" autocomplete="off" required${described("privateKey", mistake)}></textarea></div>`;
}

const mistakeOf = (name: Field, mistake: string | undefined): Html =>
  mistake === undefined ? NOTHING : html`<p class="mistake" id="${name}-mistake">${mistake}</p>`;

const described = (name: Field, mistake: string | undefined): Html =>
  mistake === undefined
    ? html` aria-describedby="${name}-hint"`
    : html` aria-invalid="true" aria-describedby="${name}-hint ${name}-mistake"`;

function summary(mistakes: Mistakes, trouble: string | null): Html {
  const lines = Object.entries(mistakes).map(([name, mistake]) => html`<li><a href="#${name}">${mistake}</a></li>`);
  return html`<div class="summary" role="alert"><h2>Nothing was written yet</h2>
${trouble === null ? NOTHING : html`<p>${trouble}</p>`}
${lines.length === 0 ? NOTHING : html`<ul>${lines}</ul>`}</div>`;
}

/** The page that sends the manifest to GitHub; `notice` tells what is otherwise than it was asked for. */
export function toGitHubPage(page: {
  readonly base: string;
  readonly action: string;
  readonly manifest: string;
  readonly owner: string;
  readonly notice: string | null;
}): string {
  const site = new URL(page.action).host;
  return whole(
    "Continue on GitHub · Set up Follow-Through",
    html`<h1>Continue on GitHub</h1>
${page.notice === null ? NOTHING : html`<div class="summary" role="status"><p>${page.notice}</p></div>`}
<p>${site} opens with everything filled in; ${page.owner}. Change the name if another App has it, press <b>Create GitHub App</b>, and you come
back here by yourself. That is possible for an hour.</p>
<form method="post" action="${page.action}"><input type="hidden" name="manifest" value="${page.manifest}">
<button type="submit">Open ${site}</button></form>
<p><a href="${page.base}">Back</a></p>`,
  );
}

export interface DonePage {
  readonly name: string;
  /** Where the App is installed on repositories. */
  readonly installUrl: string;
  readonly settingsUrl: string;
  readonly webhook: WebhookNews;
  /** What the App has not and should have, one sentence each. */
  readonly lacking: readonly string[];
  /** Whether GitHub made no webhook secret, so that one was made here. */
  readonly madeSecret: boolean;
  readonly port: number;
}

/** What became of the way for webhooks. */
export type WebhookNews =
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "channel" }
  | { readonly kind: "later" }
  | { readonly kind: "existing"; readonly channel: boolean };

/** The last page: what was done, and what comes next. */
export function donePage(page: DonePage): string {
  const { name, installUrl, settingsUrl, lacking, madeSecret } = page;
  return whole(
    `${name} is set up · Follow-Through`,
    html`<h1>${name} is set up</h1>
<p>The credentials are in <code>.env</code>, and the service is starting now: nothing has to be restarted. The setup page is closed.</p>
<h2>What comes next</h2>
<ol>
<li><a href="${installUrl}">Install the App on repositories</a>.</li>
<li>${webhookNews(page)}</li>
${madeSecret ? html`<li>GitHub made no webhook secret, so a random one was made: enter the WEBHOOK_SECRET of .env in the <a href="${settingsUrl}">App's settings</a>.</li>` : NOTHING}
${lacking.map((line) => html`<li>${line} <a href="${settingsUrl}/permissions">Permissions &amp; events</a></li>`)}
<li>Look whether all is well: <code>node dist/cli.js doctor</code></li>
<li>Merge a pull request with a postmortem.</li>
</ol>`,
  );
}

function webhookNews({ webhook, settingsUrl, port }: DonePage): Html {
  const settings = html`<a href="${settingsUrl}">App's settings</a>`;
  const address = html`<code>https://YOUR-HOST${WEBHOOK_PATH}</code>`;
  switch (webhook.kind) {
    case "address":
      return html`GitHub sends webhooks to <code>${webhook.url}</code>: have your proxy lead from there to port ${port} of this machine.`;
    case "channel":
      return html`Webhooks come through a channel that others could read. For real use, set the webhook URL in the ${settings} to ${address}, and
take <code>WEBHOOK_PROXY_URL</code> out of <code>.env</code>.`;
    case "later":
      return html`No webhooks come yet; the service looks at GitHub every hour. Once it has an address, set the webhook URL in the
${settings} to ${address}, and switch <b>Active</b> on.`;
    case "existing":
      return html`See that the webhook in the ${settings} is active, with the content type <code>application/json</code> and ${
        webhook.channel ? html`the URL of your <code>WEBHOOK_PROXY_URL</code>` : html`the URL ${address}`
      }.`;
  }
}

/** Shown where an App was made but its credentials could not be written: they are kept until that works. */
export function unsavedPage(page: { readonly base: string; readonly message: string; readonly fix: string }): string {
  return whole(
    "Not written yet · Set up Follow-Through",
    html`<h1>Not written yet</h1>
<div class="summary" role="alert"><p>${page.message}</p><p>${page.fix}</p></div>
<p>GitHub tells an App's credentials only once. They are kept here until they are written, or the program is stopped.</p>
<form method="post" action="${page.base}/save"><button type="submit">Try to write them again</button></form>`,
  );
}

/** A page that says one thing. */
export function messagePage(
  title: string,
  message: string,
  link?: { readonly href: string; readonly text: string },
): string {
  return whole(
    `${title} · Follow-Through`,
    html`<h1>${title}</h1>
<p>${message}</p>
${link ? html`<p><a href="${link.href}">${link.text}</a></p>` : NOTHING}`,
  );
}

function whole(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text;
}

/** The one style sheet; the content security policy names its hash. Contrasts are those of WCAG's level AA at least. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --back: #ffffff; --card: #f6f8fa; --edge: #818b98;
  --line: #d1d9e0; --link: #0550ae; --act: #1a7f37; --on-act: #ffffff; --bad: #b42318; --bad-back: #fff1ef; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f6fc; --soft: #9aa4af; --back: #0d1117; --card: #151b23; --edge: #7d8590; --line: #3d444d;
    --link: #6cb6ff; --act: #238636; --on-act: #ffffff; --bad: #ff9a92; --bad-back: #2b1214; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0 0 .8rem; }
form + p, p + h2 { margin-top: 1.2rem; }
a { color: var(--link); }
code { font: .9em ui-monospace, monospace; }
li { margin-bottom: .5rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.1rem 1rem; margin: 1.5rem 0; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; }
label, legend { font-weight: 600; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; margin: 0 0 1.2rem; min-width: 0; }
.field { margin: 0 0 1.2rem; }
.hint { color: var(--soft); font-size: .9rem; margin: 0 0 .3rem; }
.choice { display: flex; gap: .6rem; margin: .4rem 0; }
.choice input { margin: .25rem 0 0; width: 1.15rem; height: 1.15rem; flex: none; accent-color: var(--link); }
.below { margin-left: 1.75rem; }
input:not([type=radio]), textarea { display: block; width: 100%; padding: .55rem .6rem; font: inherit; color: var(--ink);
  background: var(--back); border: 1px solid var(--edge); border-radius: .35rem; }
textarea { font: .85rem/1.4 ui-monospace, monospace; resize: vertical; }
[aria-invalid=true] { border-color: var(--bad) !important; }
.mistake { color: var(--bad); font-weight: 600; margin: 0 0 .3rem; }
.summary { border: 2px solid var(--bad); background: var(--bad-back); border-radius: .5rem; padding: .9rem 1rem .3rem; margin: 0 0 1.2rem; }
.summary[role=status] { border-color: var(--edge); background: var(--card); }
.summary a { color: inherit; }
button { font: inherit; font-weight: 600; color: var(--on-act); background: var(--act); border: 1px solid transparent;
  border-radius: .4rem; padding: .6rem 1.1rem; min-height: 2.75rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
