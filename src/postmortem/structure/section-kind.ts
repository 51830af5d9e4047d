/** What a section's name is known for, as `Language.sections` tells. */
export type SectionKind = "explicit" | "followUp" | "measures" | "advice" | "taken" | "chronicle" | "other";
