/** Which earlier postmortems a new one is like, among others of the same house. */
import { describe, expect, it } from "vitest";
import { Library } from "../../src/similarity/library.js";
import { profileOf } from "../../src/similarity/profile.js";

/** Documents of one house: all have its template and its words. */
const document = (title: string, cause: string, more = "") =>
  [
    `# ${title}`,
    "",
    "**Severity:** SEV-2",
    "",
    "## Summary",
    "",
    `The bakery's ordering site was degraded for some time and customers could not order bread. ${more}`,
    "",
    "## Root cause",
    "",
    cause,
    "",
    "## Action items",
    "",
    "- [ ] Add an alert to the dashboard of the site",
    "",
  ].join("\n");

const LEAK = document(
  "Checkout hung on the connection pool",
  "The cursor of `order_history` was never closed, so `pgpool` ran out of connections and checkout hung.",
);
const OTHERS: readonly [string, string][] = [
  [
    "The oven's certificate expired",
    "Nobody renewed the certificate of `oven-gateway`, since its reminder went to a list nobody reads.",
  ],
  ["Flour stock showed zero", "A migration of `stock_levels` dropped the default, and the importer wrote nothing."],
  ["Delivery routes took minutes", "The map provider throttled us after a crawler asked for every street."],
  ["Mails were sent twice", "The queue's visibility timeout was shorter than the template took to render."],
  ["The site was slow at Easter", "Twice the usual visitors came, and the cache of pictures was too small."],
  ["Prices without tax", "A flag of the tax module was read before the settings were loaded."],
];

function house(...texts: readonly string[]): Library {
  const library = new Library();
  for (const [at, text] of texts.entries()) library.add(profileOf(`postmortems/2024-0${at + 1}.md`, text));
  return library;
}

const others = OTHERS.map(([title, cause]) => document(title, cause));

describe("a postmortem", () => {
  it("of what happened before is like that one, and no other", () => {
    const library = house(LEAK, ...others);
    const again = document(
      "Orders hung again: pool exhausted",
      "A new report left its cursor on `order_history` open, `pgpool` had no connections left, and checkout hung.",
    );
    expect(library.add(profileOf("postmortems/2024-09.md", again)).map(({ key }) => key)).toEqual([
      "postmortems/2024-01.md",
    ]);
  });

  it("that has nothing but the house's words in common is like none", () => {
    const library = house(LEAK, ...others);
    const apart = document("The shop's door was locked", "The smart lock lost its network when the router was moved.");
    expect(library.add(profileOf("postmortems/2024-09.md", apart))).toEqual([]);
  });

  it("that names an earlier one is like it", () => {
    const library = house(...others, LEAK);
    const naming = document(
      "Checkout hung once more",
      "The same as in 2024-07: connections of the pool leaked through a cursor of the history.",
    );
    const [first] = library.add(profileOf("postmortems/2024-09.md", naming));
    expect(first).toMatchObject({ key: "postmortems/2024-07.md", evidence: { named: 1 } });
  });

  it.each([
    ["another number that begins with its own", "inc-1.md", "The same as in INC-12."],
    ["a word that its file happens to be called by", "index.md", "A missing index made it slow."],
    ["a longer word that ends with it", "ox-1.md", "The box-1 was replaced."],
  ])("that holds %s does not name it", (_, file, text) => {
    const library = new Library();
    library.add(profileOf(`postmortems/${file}`, document("The disk was full", "Logs were never rotated.")));
    const [only] = library.weighAndAdd(profileOf("postmortems/new.md", document("Prices without tax", text)));
    expect(only?.evidence.named).toBe(0);
  });

  it("is told the same each time, and the first of a house is like none", () => {
    const [once, twice] = [0, 1].map(() => {
      const library = house(...others);
      return [library.add(profileOf("a.md", LEAK)), library.weighAndAdd(profileOf("b.md", LEAK))];
    });
    expect(once).toEqual(twice);
    expect(new Library().add(profileOf("a.md", LEAK))).toEqual([]);
  });

  it.each([
    ["Japanese", "原因", "`order_history` のカーソルが閉じられず、接続プールが枯渇した。"],
    ["German", "Ursache", "Der Cursor von `order_history` blieb offen, und der Verbindungspool war erschöpft."],
    ["Spanish", "Causa raíz", "El cursor de `order_history` no se cerró y se agotó el grupo de conexiones."],
  ])("in %s is compared by its section on the cause", (_, heading, cause) => {
    const { cause: counts, title } = profileOf(
      "a.md",
      `# Incident\n\nSome words first.\n\n## ${heading}\n\n${cause}\n`,
    );
    expect(counts.size).toBeGreaterThan(title.size);
    expect(counts.has("first")).toBe(false);
  });

  it("without anything to read has an empty profile", () => {
    expect(profileOf("a.md", "").whole.size).toBe(0);
    expect(new Library().add(profileOf("a.md", ""))).toEqual([]);
  });
});

describe("a library", () => {
  const profiles = [LEAK, ...others].map((text, at) => profileOf(`${at}.md`, text));
  const weights = (library: Library) => library.weigh(profileOf("new.md", LEAK)).map(({ weight }) => weight.toFixed(9));

  it("names only what may be named", () => {
    const library = new Library();
    for (const profile of profiles) library.put(profile.path, profile);
    const again = profileOf("new.md", LEAK);
    expect(library.like(again, () => true).map(({ key }) => key)).toEqual(["0.md"]);
    expect(library.like(again, (key) => key !== "0.md")).toEqual([]);
  });

  it("holds a postmortem once, and nothing of one that was removed", () => {
    const [once, more] = [new Library(), new Library()];
    for (const profile of profiles) once.put(profile.path, profile);
    for (const profile of profiles) more.put(profile.path, profile);
    more.put("0.md", profiles[1] ?? profileOf("", ""));
    more.put("0.md", profiles[0] ?? profileOf("", ""));
    more.remove("none.md");
    expect(more.size).toBe(profiles.length);
    expect(more.sharedWith(profileOf("new.md", LEAK), "0.md", 2)).toEqual(
      once.sharedWith(profileOf("new.md", LEAK), "0.md", 2),
    );
    for (const { path } of profiles) more.remove(path);
    expect([more.size, more.weigh(profileOf("new.md", LEAK)), weights(more)]).toEqual([0, [], []]);
  });

  it("tells which words are shared, those in code first", () => {
    const library = new Library();
    for (const profile of profiles) library.put(profile.path, profile);
    expect(library.sharedWith(profileOf("new.md", LEAK), "0.md", 3)).toEqual([
      "order_history",
      "pgpool",
      expect.any(String),
    ]);
  });
});
