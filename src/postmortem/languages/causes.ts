/** Words of headings under which a postmortem tells why it happened, as normalized text has them (no capitals, no accents). */

const CAUSES = `
  cause causes causal why reason trigger fault causa causas por que motivo porque origen origem cause racine origine pourquoi ursache ursachen
  grundursache warum oorzaak oorzaken waarom cause radice perche arsak arsaker hvorfor neden nedeni kok sebep причина причины почему
  原因 根因 根本原因 为什么 원인
`;

const WORDS: ReadonlySet<string> = new Set(CAUSES.split(/\s+/).filter((word) => word !== ""));
const UNSPACED = [...WORDS].filter((word) => /[\p{Script=Han}\p{Script=Hangul}]/u.test(word));

/** Whether a heading speaks of the cause. `heading`: normalized, its words parted by single spaces. */
export function tellsCause(heading: string): boolean {
  return heading.split(" ").some((word) => WORDS.has(word)) || UNSPACED.some((word) => heading.includes(word));
}
