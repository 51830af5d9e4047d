/**
 * Charts as SVG that needs no script and no colour alone: each part has its number or a tooltip, each chart a title, a description, and its
 * numbers as a table behind it. Drawn for the width of a phone; wider places enlarge it.
 */
import { type Html, html, NOTHING } from "../../html.js";
import { oneLine, shorten } from "../../text.js";

/** What is drawn in one colour: a class of the page's style, and its name in the legend. */
export interface Series {
  readonly colour: "open" | "overdue" | "done" | "given-up";
  readonly name: string;
}

export interface Chart {
  /** Unique on the page; letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly series: readonly Series[];
  /** Each with a number for each of the series. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** What a row is: `Month`. */
  readonly rowsAre: string;
}

const WIDTH = 360;
const LABELS = 112;
/** Room for a number behind the longest bar. */
const NUMBERS = 34;
const LABEL_LENGTH = 17;
const ROW = 26;
const BAR = 16;

/** A bar a row, its series one after the other. */
export function barChart(chart: Chart): Html {
  const { rows, series } = chart;
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const scale = (WIDTH - LABELS - NUMBERS) / Math.max(1, ...rows.map(({ values }) => total(values)));
  const bars = rows.map(({ name, values }, at) => {
    const y = at * ROW + (ROW - BAR) / 2;
    const parts = series.flatMap(({ colour, name: what }, index) => {
      const value = values[index] ?? 0;
      const x = LABELS + total(values.slice(0, index)) * scale;
      if (value === 0) return [];
      return [
        html`<rect class="${colour}" x="${px(x)}" y="${px(y)}" width="${px(value * scale)}" height="${BAR}"><title>${name}: ${value} ${what.toLowerCase()}</title></rect>`,
      ];
    });
    const end = LABELS + total(values) * scale;
    return html`<text class="label" x="${LABELS - 8}" y="${px(y + 12)}">${shorten(oneLine(name), LABEL_LENGTH)}</text>${parts}<text x="${px(end + 5)}" y="${px(y + 12)}">${total(values)}</text>`;
  });
  const axis = html`<line class="axis" x1="${LABELS}" y1="0" x2="${LABELS}" y2="${rows.length * ROW}"/>`;
  return figure(chart, rows.length * ROW, html`${bars}${axis}`);
}

const PLOT = { left: 30, right: WIDTH - 16, top: 10, bottom: 150, height: 172 };
const MOST_LABELS = 5;

/** Columns side by side over time. */
export function columnChart(chart: Chart): Html {
  const { rows, series } = chart;
  const { y, grid } = upright(chart);
  const slot = (PLOT.right - PLOT.left) / Math.max(1, rows.length);
  const width = Math.min(18, (slot * 0.8) / series.length);
  const columns = rows.flatMap(({ name, values }, at) =>
    series.flatMap(({ colour, name: what }, index) => {
      const value = values[index] ?? 0;
      const x = PLOT.left + at * slot + (slot - width * series.length) / 2 + index * width;
      if (value === 0) return [];
      return [
        html`<rect class="${colour}" x="${px(x)}" y="${px(y(value))}" width="${px(width)}" height="${px(PLOT.bottom - y(value))}"><title>${name}: ${value} ${what.toLowerCase()}</title></rect>`,
      ];
    }),
  );
  return figure(chart, PLOT.height, html`${grid}${columns}${timeLabels(chart, slot)}`);
}

/** A line a series over time; the second series is dashed, so that it is told apart without colour. */
export function lineChart(chart: Chart): Html {
  const { rows, series } = chart;
  const { y, grid } = upright(chart);
  const slot = (PLOT.right - PLOT.left) / Math.max(1, rows.length);
  const lines = series.map(({ colour, name: what }, index) => {
    const points = rows.map(({ name, values }, at) => ({
      name,
      value: values[index] ?? 0,
      x: px(PLOT.left + (at + 0.5) * slot),
      y: px(y(values[index] ?? 0)),
    }));
    const dots = points.map(
      (point) =>
        html`<circle class="${colour}" cx="${point.x}" cy="${point.y}" r="3"><title>${point.name}: ${point.value} ${what.toLowerCase()}</title></circle>`,
    );
    return html`<polyline class="line ${colour}${index > 0 ? " dashed" : ""}" points="${points.map((point) => `${point.x},${point.y}`).join(" ")}"/>${dots}`;
  });
  return figure(chart, PLOT.height, html`${grid}${lines}${timeLabels(chart, slot)}`);
}

/** Where a value stands, and the lines and numbers of the scale. */
function upright({ rows }: Chart): { y: (value: number) => number; grid: Html } {
  const ticks = ticksTo(Math.max(1, ...rows.flatMap(({ values }) => values)));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top);
  const grid = ticks.map(
    (tick) =>
      html`<line class="${tick === 0 ? "axis" : "grid"}" x1="${PLOT.left}" y1="${px(y(tick))}" x2="${PLOT.right}" y2="${px(y(tick))}"/><text class="label" x="${PLOT.left - 5}" y="${px(y(tick) + 4)}">${tick}</text>`,
  );
  return { y, grid: html`${grid}` };
}

/** 0 and up to five whole, round numbers above it, the last not below the highest value. */
export function ticksTo(highest: number): number[] {
  const rough = Math.max(1, highest / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough) ?? rough;
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, at) => at * step);
}

/** The names of rows below the plot, as many as there is room for, the last one among them. */
function timeLabels({ rows }: Chart, slot: number): Html {
  const every = Math.ceil(rows.length / MOST_LABELS);
  const labels = rows.flatMap(({ name }, at) =>
    (rows.length - 1 - at) % every === 0
      ? [html`<text class="middle" x="${px(PLOT.left + (at + 0.5) * slot)}" y="${PLOT.bottom + 16}">${name}</text>`]
      : [],
  );
  return html`${labels}`;
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

function figure(chart: Chart, height: number, drawn: Html): Html {
  const { id, title, series } = chart;
  const legend = series.map(
    ({ colour, name }) =>
      html`<li><svg class="key" viewBox="0 0 14 14" aria-hidden="true"><rect class="${colour}" width="14" height="14" rx="2"/></svg>${name}</li>`,
  );
  return html`<figure>
<figcaption>${title}</figcaption>
${series.length > 1 ? html`<ul class="legend">${legend}</ul>` : NOTHING}
<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-told"><title id="${id}-title">${title}</title><desc id="${id}-told">${told(chart)}</desc>
${drawn}</svg>
<details><summary>As a table</summary>
${numbers(chart)}</details>
</figure>`;
}

/** The chart in words, for those who do not see it: its highest row of each series. */
function told({ rows, series, rowsAre }: Chart): string {
  const highest = series.map(({ name }, index) => {
    const most = Math.max(0, ...rows.map(({ values }) => values[index] ?? 0));
    const where = rows.find(({ values }) => values[index] === most);
    return most === 0 || !where ? `${name}: none` : `${name}: at most ${most} (${where.name})`;
  });
  return `By ${rowsAre.toLowerCase()}. ${highest.join(". ")}. All numbers stand in the table below.`;
}

function numbers({ title, rows, series, rowsAre }: Chart): Html {
  const body = rows.map(
    ({ name, values }) =>
      html`<tr><th scope="row">${oneLine(name)}</th>${series.map((_, index) => html`<td class="number">${values[index] ?? 0}</td>`)}</tr>
`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table>
<thead><tr><th scope="col">${rowsAre}</th>${series.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${body}</tbody>
</table></div>`;
}
