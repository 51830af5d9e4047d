/**
 * The site: the documents of the repository as they are, with a search of their own. Built by `npm run site`, which fails where a link leads nowhere.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Markdown that is no page: fixtures, documents of the demo, forms. */
const OTHERS = [".github", "demo", "dist", "emulator", "node_modules", "site", "src", "test", "tools"];

/** Files that are shown as text. */
const PLAIN = /(?:LICENSE|NOTICE|\.service)$/;

/** The decisions, by their numbers. */
const decisions = readdirSync(join(ROOT, "docs/adr")).map((file) => {
  const [, text = file] = /^# (.+)$/m.exec(readFileSync(join(ROOT, "docs/adr", file), "utf8")) ?? [];
  return { text, link: `/docs/adr/${file.replace(/\.md$/, "")}` };
});

const page = (text: string, name: string) => ({ text, link: `/docs/${name}` });

/**
 * The pages lie outside of the folder that has Vue: they find it there all the same. What renders them leaves it out, since Node loads it from
 * there by itself, and bundled it would miss what it is made of.
 */
const vueForPages = {
  name: "vue-for-pages",
  enforce: "pre" as const,
  resolveId(id: string, _importer: string | undefined, { ssr = false }: { readonly ssr?: boolean }) {
    if (!/^vue(?=$|\/)/.test(id)) return null;
    return ssr
      ? { id, external: true }
      : fileURLToPath(import.meta.resolve(id === "vue" ? "vue/dist/vue.runtime.esm-bundler.js" : id));
  },
};

export default defineConfig({
  title: "Follow-Through",
  description:
    "Turns the action items of merged postmortems into tracked, dated, owned GitHub issues, and follows them through.",
  srcDir: "..",
  outDir: "dist",
  cacheDir: ".vitepress/cache",
  srcExclude: OTHERS.map((folder) => `${folder}/**`),
  rewrites: { "README.md": "index.md" },
  // Wherever it is put, also below a folder such as GitHub's pages have it.
  base: process.env.SITE_BASE ?? "/",
  lastUpdated: false,
  vite: { plugins: [vueForPages] },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: [
      { text: "Follow-Through", items: [{ text: "What it is", link: "/" }] },
      {
        text: "What people see",
        items: [
          page("A check before the merge", "features/check"),
          page("An issue for each item", "features/issues"),
          page("Commands in comments", "features/commands"),
          page("Digests", "features/digests"),
          page("What happened before", "features/recurrence"),
          page("Reports", "features/reports"),
          page("Nudges", "nudges"),
          page("Every message", "messages"),
        ],
      },
      { text: "Use it", items: [page("Policy", "configuration"), page("Commands", "commands")] },
      {
        text: "Run it",
        items: [page("Operating", "operating"), page("Security", "security"), page("GitHub's API", "github-api")],
      },
      {
        text: "Change it",
        items: [
          { text: "How to help", link: "/CONTRIBUTING" },
          page("Design and glossary", "design"),
          page("Recipes", "contributing"),
          page("Versions", "versioning"),
          { text: "Changelog", link: "/CHANGELOG" },
        ],
      },
      { text: "Decisions", collapsed: true, items: decisions },
    ],
  },
  markdown: {
    config(markdown) {
      // What has no ending that the web knows would be taken for a page.
      markdown.core.ruler.push("plain-files", ({ tokens }) => {
        for (const link of tokens.flatMap(({ children }) => children ?? [])) {
          const href = link.type === "link_open" ? (link.attrGet("href") ?? "") : "";
          if (PLAIN.test(href)) link.attrSet("href", `${href}.txt`);
          if (/README\.md$/.test(href)) link.attrSet("href", href.replace("README.md", "index.md"));
        }
      });
    },
  },
  /** Files that pages link to, such as schemas and manifests, come along; folders and what is not there are told. */
  buildEnd({ outDir }) {
    const missing: string[] = [];
    for (const file of readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".html"),
    )) {
      const html = readFileSync(join(outDir, file), "utf8");
      for (const [, href = ""] of html.matchAll(/<a href="((?!https?:|mailto:|#|\/)[^"#]+)[^"]*"/g)) {
        const path = join(dirname(file), href);
        if (existsSync(join(outDir, path)) || existsSync(join(outDir, `${path}.html`))) continue;
        const source = join(ROOT, PLAIN.test(path.replace(/\.txt$/, "")) ? path.replace(/\.txt$/, "") : path);
        if (!existsSync(source) || statSync(source).isDirectory()) missing.push(`${file}: ${href}`);
        else {
          mkdirSync(dirname(join(outDir, path)), { recursive: true });
          cpSync(source, join(outDir, path));
        }
      }
    }
    if (missing.length > 0) throw new Error(`Links that lead nowhere:\n${[...new Set(missing)].join("\n")}`);
    console.log(`pages: ${relative(process.cwd(), outDir)}`);
  },
});
