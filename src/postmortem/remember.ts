/** What a text was read as, kept while its document is read: the same few lines are asked about by many rules. */

/** So many texts are kept: about those of one document. */
const MOST = 256;
/** A longer text is asked about once. */
const LONGEST = 200;

/**
 * `read`, which gives for a text that it was asked about lately what it gave then.
 * @param read - gives always the same for the same text
 */
export function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return read(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    if (known.size === MOST) known.clear();
    known.set(text, found);
    return found;
  };
}
