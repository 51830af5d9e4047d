/**
 * The port “tell people”: places beside GitHub that a message is sent to. A kind of channel is one file, which writes the neutral message
 * (`render/message.ts`) as that place wants it, within its documented limits; sending, waiting and trying again are the same for all.
 */
import type { Message } from "../render/message.js";

/** What is told, and by which name it is known again. */
export interface Telling {
  readonly message: Message;
  /** The same for each try: `acme/shop digest 2024-11-18`. */
  readonly key: string;
}

/** How a kind of channel is spoken to. */
export interface Kind {
  /** The request's body, as JSON. */
  readonly body: (telling: Telling) => object;
  /** What else is said with it. */
  readonly headers?: (telling: Telling, body: string, secret: string | null) => Readonly<Record<string, string>>;
  /** Whether its other side takes a key for one message, however often it is sent: then it is, until an answer comes. */
  readonly knowsKeys: boolean;
}
