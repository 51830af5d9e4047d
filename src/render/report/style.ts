/** How the report's page looks: light and dark, on a phone and on paper. No line begins with a colon (a terminal would part it). */
export const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --card: #f6f8fa; --text: #1f2328; --quiet: #59636e; --rule: #d1d9e0; --link: #0550ae;
  --open: #2f6fb3; --overdue: #c2321f; --done: #2c7a39; --given-up: #7d858e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --card: #151b23; --text: #f0f6fc; --quiet: #9198a1; --rule: #3d444d; --link: #79b8ff;
    --open: #4c93e0; --overdue: #f2705f; --done: #3fa552; --given-up: #878f99; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-top: .5rem; border-top: 1px solid var(--rule); }
p { margin: .25rem 0 .75rem; max-width: 48rem; }
a { color: var(--link); }
.quiet, figcaption + .legend, .tile small, dd { color: var(--quiet); }
nav ul, .legend, .tiles { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
nav { margin: .75rem 0 1.5rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem 1rem; }
.tile b { display: block; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span, .tile small { display: block; }
.tile.alarm b { color: var(--overdue); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1rem; margin-top: 1rem;
  align-items: start; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem 1rem; }
figcaption { font-weight: 600; }
.legend { font-size: .875rem; margin-bottom: .25rem; }
.legend li { display: flex; align-items: center; gap: .375rem; }
.key { width: .75rem; height: .75rem; }
.chart { display: block; width: 100%; height: auto; max-width: 36rem; }
.chart text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--text); font-variant-numeric: tabular-nums; }
.chart .label { text-anchor: end; }
.chart .middle { text-anchor: middle; }
.chart .grid { stroke: var(--rule); stroke-width: .5; }
.chart .axis { stroke: var(--quiet); }
.open { fill: var(--open); stroke: var(--open); }
.overdue { fill: var(--overdue); stroke: var(--overdue); }
.done { fill: var(--done); stroke: var(--done); }
.given-up { fill: var(--given-up); stroke: var(--given-up); }
rect { stroke-width: 0; }
.line { fill: none; stroke-width: 2; }
.dashed { stroke-dasharray: 5 3; }
details { margin-top: .5rem; font-size: .875rem; }
summary { cursor: pointer; color: var(--link); }
.scroll { overflow: auto; max-height: 34rem; margin: .25rem 0 .75rem; }
.scroll thead th { position: sticky; top: 0; background: var(--page); }
figure .scroll thead th { background: var(--card); }
table { border-collapse: collapse; font-size: .8125rem; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .4rem; border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; border-bottom-color: var(--quiet); }
.number { text-align: right; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 8rem; max-width: 24rem; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th[aria-sort=ascending] button::after { content: " ▲"; }
th[aria-sort=descending] button::after { content: " ▼"; }
tbody tr:hover { background: var(--card); }
dt { font-weight: 600; margin-top: .5rem; }
dd { margin: 0; }
@media (max-width: 30rem) { body { padding: 1rem .75rem 3rem; } .tiles { grid-template-columns: 1fr 1fr; } }
@media print {
  @page { size: landscape; margin: 12mm; }
  :root { --page: #ffffff; --card: #ffffff; --text: #000000; --quiet: #444444; --rule: #bbbbbb; --link: #000000;
    --open: #2f6fb3; --overdue: #c2321f; --done: #2c7a39; --given-up: #7d858e; }
  body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, summary { display: none; }
  .tiles { grid-template-columns: repeat(6, 1fr); }
  .charts { grid-template-columns: 1fr 1fr; }
  figure, .tile, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; max-height: none; }
  table { font-size: 7.5pt; }
  th, td { padding: .15rem .3rem; }
}
`;

/** Lets people sort tables by a column; without it the page lacks nothing else. */
export const SCRIPT = `
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "Sort by this column";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.classList.contains("number"));
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "ascending" : "descending");
      const body = table.tBodies[0];
      const keyed = [...body.rows].map((row) => [row.cells[at].dataset.value ?? row.cells[at].textContent, row]);
      const isNumber = head.classList.contains("number");
      const compare = (a, b) => isNumber ? a - b : a.localeCompare(b, undefined, { numeric: true });
      keyed.sort(([a], [b]) => a === "" || b === "" ? (a === "") - (b === "") : down ? compare(a, b) : compare(b, a));
      body.append(...keyed.map(([, row]) => row));
    });
  });
}
`;
