const QUOTED = 60;

/** The document's words in quotation marks, shortened. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= QUOTED) return `"${line}"`;
  const letters = [...line];
  return letters.length > QUOTED ? `"${letters.slice(0, QUOTED - 1).join("")}…"` : `"${letters.join("")}"`;
}
