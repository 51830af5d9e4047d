/** What a section's name is known for, as `Language.sections` tells. */
export type SectionKind =
  | "explicit"
  | "followUp"
  | "prevention"
  | "measures"
  | "advice"
  | "taken"
  | "chronicle"
  | "other";
