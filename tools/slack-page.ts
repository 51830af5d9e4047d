/** Block Kit roughly as Slack draws it, for a picture: https://docs.slack.dev/block-kit. */
import type { KnownBlock } from "@slack/types";

/** The blocks of one message as a page. */
export function slackPage(blocks: readonly KnownBlock[]): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main><b class="app">✓</b><div><p><b>Follow-Through</b> <span>APP</span> <small>09:00</small></p>${blocks.map(blockHtml).join("")}</div></main>`;
}

function blockHtml(block: KnownBlock): string {
  if (block.type === "header") return `<h3>${block.text.text}</h3>`;
  return block.type === "section" ? `<p>${mrkdwnHtml(block.text?.text ?? "")}</p>` : "";
}

/** The text is escaped already, as Slack wants it. */
const mrkdwnHtml = (text: string): string =>
  text
    .replace(/<([^|>]+)\|([^>]+)>/g, "<a>$2</a>")
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, "$1<b>$2</b>")
    .replace(/(^|\s)_([^_\n]+)_/g, "$1<i>$2</i>")
    .replace(/\n/g, "<br>");

const STYLE = `
:root { color-scheme: light dark; --text: #1d1c1d; --back: #fff; --quiet: #616061; --link: #1264a3; --code: #e01e5a; }
@media (prefers-color-scheme: dark) { :root { --text: #d1d2d3; --back: #1a1d21; --quiet: #ababad; --link: #1d9bd1; --code: #e8912d; } }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.47 Lato, "Noto Sans", Arial, sans-serif; }
main { display: flex; gap: 8px; padding: 12px 16px; }
.app { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #1f6feb; color: #fff; text-align: center; line-height: 36px; }
p { margin: 0 0 8px; white-space: pre-wrap; } h3 { margin: 0 0 6px; font-size: 18px; }
a { color: var(--link); } span { padding: 0 3px; border-radius: 2px; background: color-mix(in srgb, var(--quiet) 20%, transparent); font-size: 10px; }
small, span { color: var(--quiet); }
code { padding: 1px 3px; border: 1px solid color-mix(in srgb, var(--quiet) 30%, transparent); border-radius: 3px; color: var(--code); font: 12px monospace; }
`;
