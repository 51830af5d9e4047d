/**
 * HTML as a stream of tags and text, by htmlparser2's tokenizer: what a tag, an attribute, a comment and an entity is, the HTML
 * standard says, not this project. Its tokenizer rather than its parser, whose stack of open tags costs the square of their number.
 */
import { Tokenizer } from "htmlparser2";
import { visible } from "../../text.js";

/** Values by name, both as written; a name without a value has an empty one. */
export type Attributes = ReadonlyMap<string, string>;

/** What stands in the HTML, in its order. `at`: the index in it of what is told. Names of tags and attributes are in lower case. */
export interface TagHandlers {
  /** Text, its entities read. One run of text may come in several pieces. */
  text(text: string, at: number): void;
  open(tag: string, attributes: Attributes, at: number): void;
  close(tag: string, at: number): void;
}

/** Tells of the tags and text of a piece of HTML; comments and declarations are passed over. Never throws. */
export function readTags(html: string, handlers: TagHandlers): void {
  let tag = "";
  let at = 0;
  let attributes = new Map<string, string>();
  let name = "";
  const begin = (start: number, end: number) => {
    [tag, at, attributes] = [html.slice(start, end).toLowerCase(), start, new Map()];
  };
  const open = () => handlers.open(tag, attributes, at);
  const addToValue = (text: string) => attributes.set(name, (attributes.get(name) ?? "") + text);
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => handlers.text(html.slice(start, end), start),
      // An entity such as `&#8203;` is a character only now; a space that keeps words together is a space to the reader.
      ontextentity: (code, end) => handlers.text(visible(String.fromCodePoint(code)).replace("\u00a0", " "), end - 1),
      onopentagname: begin,
      onattribname: (start, end) => {
        name = html.slice(start, end).toLowerCase();
        addToValue("");
      },
      onattribdata: (start, end) => addToValue(html.slice(start, end)),
      onattribentity: (code) => addToValue(String.fromCodePoint(code)),
      onattribend: ignore,
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => handlers.close(html.slice(start, end).toLowerCase(), start),
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

/** Nothing of it is for people to read. */
function ignore(): void {}
