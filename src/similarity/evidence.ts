/**
 * What speaks for it that the same happened before, and how much: the weights of a log-linear score. Fitted over organisations, each
 * told by what was learnt from the others (docs/adr/0019).
 */

/** What is known of a pair of postmortems. Likenesses count in spreads above those of the organisation's other pairs. */
export interface Evidence {
  readonly title: number;
  readonly cause: number;
  readonly whole: number;
  /** Words that only these two hold. */
  readonly rareWords: number;
  /** Rare words that both hold where they tell of the cause. */
  readonly rareWordsOfCause: number;
  /** Rare names in code. */
  readonly rareCode: number;
  /** Whether the new one names the earlier one. */
  readonly named: number;
  /** Its place among all earlier ones, 0 for the first. */
  readonly placeByWhole: number;
  readonly placeByCause: number;
}

const WEIGHTS: Readonly<Record<keyof Evidence, number>> = {
  title: 0.12,
  cause: 0.69,
  whole: 0.52,
  rareWords: 0.5,
  rareWordsOfCause: 0.38,
  rareCode: 0.94,
  named: 2.62,
  placeByWhole: -0.44,
  placeByCause: -0.73,
};
const BIAS = -3.72;

/** Below this there is not evidence enough to speak of it: in the middle of the bounds between which little changes. */
const SHOWN_FROM = -0.75;

const WEIGHED = Object.entries(WEIGHTS) as readonly [keyof Evidence, number][];

/** The log-odds that the same happened before. */
export function weigh(evidence: Evidence): number {
  let weight = BIAS;
  for (const [name, value] of WEIGHED) weight += value * evidence[name];
  return weight;
}

export const isShown = (weight: number): boolean => weight >= SHOWN_FROM;
