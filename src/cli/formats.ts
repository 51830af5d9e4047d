/** In what a report is printed. */
export const FORMATS = ["table", "json", "csv", "html", "markdown"] as const;

export type Format = (typeof FORMATS)[number];
