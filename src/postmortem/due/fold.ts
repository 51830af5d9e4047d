/**
 * Folding: the same text with one way of writing each letter, so that patterns need not know of capitals, accents,
 * full-width digits or typographic quotes. `Février` → `fevrier`, `９月` → `9月`, `d’ici` → `d'ici`.
 */

const CYRILLIC_CAPITAL = /[\u0400-\u042f]/;
const LATIN_WITH_ACCENT = /[\u00c0-\u024f]/;

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f) return " ";
  if (code === 0x2018 || code === 0x2019 || code === 0x02bc) return "'";
  if (code === 0x2010 || code === 0x2011) return "-";
  if (CYRILLIC_CAPITAL.test(unit)) return unit.toLowerCase();
  if (!LATIN_WITH_ACCENT.test(unit)) return unit;
  return unit.normalize("NFD").charAt(0).toLowerCase();
}

/** `text` folded. As long as `text`, so that a place in the one is the same place in the other. */
export function fold(text: string): string {
  const lower = text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  return /[^ -~]/.test(lower) ? lower.replace(/[\u00a0-\uffff]/g, foldUnit) : lower;
}
