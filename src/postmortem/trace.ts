/**
 * Rules: why reading decides as it does. A rule has a name to speak of it by and a reason; a question is answered by a table of
 * rules, of which the first that holds decides.
 */

export interface Rule {
  /** Its name, the only one of it among all rules of reading: `legend`. */
  readonly name: string;
  /** Why it decides so, in a short sentence: "the key to the marks used, not work". */
  readonly reason: string;
}

/** A rule that holds for some of what it is asked about. */
export interface Condition<Asked> extends Rule {
  holds(asked: Asked): boolean;
}

/** The first of the rules that holds, else `otherwise`. */
export function decide<Asked, Decision extends Rule>(
  rules: readonly (Decision & Condition<Asked>)[],
  asked: Asked,
  otherwise: Decision,
): Decision {
  for (const rule of rules) if (rule.holds(asked)) return rule;
  return otherwise;
}
