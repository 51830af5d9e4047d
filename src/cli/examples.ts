/** An example of each command, as its help ends with: what is typed, and what that is for. */
interface Example {
  readonly typed: string;
  readonly why: string;
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  extract: { typed: "extract --explain draft.md", why: "what is read of a draft, and which rule decided each thing" },
  check: { typed: "check --strict postmortems", why: "in a build: exit 1 where an author has something to fix" },
  similar: { typed: "similar draft.md --in postmortems", why: "earlier postmortems in a folder that a draft is like" },
  search: {
    typed: "search pool --open --owner lisa",
    why: "open action items with a word such as “pool” that @lisa has",
  },
  report: {
    typed: "report --org acme --since 2024-07-01 --until 2024-09-30 --format html > q3.html",
    why: "a quarter's figures as one page",
  },
  sync: { typed: "sync acme/shop --dry-run", why: "the issues that taking in a repository's postmortems would open" },
  run: { typed: "run digest --preview --repo acme/shop", why: "the digest as it stands now; nothing is written" },
  rebuild: { typed: "rebuild --repo acme/shop", why: "read one repository's items back from its issues" },
  doctor: { typed: "doctor --replay all", why: "after a fix: have everything that was given up tried again" },
  start: { typed: "start", why: "the service, in a folder that has .env" },
  completion: {
    typed: "completion bash >> ~/.bashrc",
    why: "have the shell complete commands, options, values and files from now on",
  },
};

/** The end of a command's help; empty where it has no example. */
export function exampleOf(command: string): string {
  const example = EXAMPLES[command];
  return example ? `\nExample:\n  $ follow-through ${example.typed}\n  ${example.why}` : "";
}
