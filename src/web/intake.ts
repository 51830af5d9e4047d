/**
 * Bodies of deliveries, read before anything of them is believed. What strangers can make the process hold is bounded: all
 * bodies together by a budget, each by GitHub's cap and GitHub's patience. The signature is computed while a body arrives, so a
 * wrong one is dropped as the bytes it came as.
 *
 * By node:crypto rather than by @octokit/webhooks, which wants the whole body as one text first.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const MIB = 1024 * 1024;

/** GitHub caps payloads at 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_BODY = 25 * MIB;

/** All bodies not answered yet, together: a largest one, and some hundreds of the usual size. */
const BUDGET = 32 * MIB;

/** A body up to here is small, as nearly all are, and always finds room: what has been under way the longest gives way. */
const SMALL = MIB / 4;

/** GitHub waits ten seconds for an answer, so a body that takes longer is nobody's. https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks#respond-within-10-seconds */
const PATIENCE_MS = 10_000;

/** What GitHub signs with: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/** Why a body is not taken. `crowded`: there is no room for it. `aborted`: whoever sent it is gone. */
export type Refusal = "forged" | "too-large" | "crowded" | "slow" | "aborted";

export type Reading =
  | { readonly refused: Refusal }
  /** The text, and what to call once nobody needs it any more, for its room. */
  | { readonly refused: null; readonly text: string; readonly done: () => void };

/** The digest a signature header states; null where it is none, so that the body need not be read at all. */
export function statedDigest(header: string): Buffer | null {
  const hex = SIGNATURE.exec(header)?.[1];
  return hex === undefined ? null : Buffer.from(hex, "hex");
}

/** How much room a body of `size` bytes so far needs: one that announced no size, and is not small, may become a largest one. */
const toBook = (size: number, announced: number): number => {
  if (announced > 0) return announced;
  return size <= SMALL ? size : MAX_BODY;
};

/** A body under way. */
interface Upload {
  booked: number;
  end(refused: Refusal): void;
}

export class Intake {
  readonly #secret: string;
  readonly #patienceMs: number;
  #room: number;
  /** Those that give way to others, the longest under way first. */
  readonly #uploads = new Set<Upload>();

  constructor(secret: string, limits: { readonly budget?: number; readonly patienceMs?: number } = {}) {
    this.#secret = secret;
    this.#room = limits.budget ?? BUDGET;
    this.#patienceMs = limits.patienceMs ?? PATIENCE_MS;
  }

  /** Reads a request's body and checks it against the digest that its signature states. Never throws. */
  read(request: IncomingMessage, stated: Buffer): Promise<Reading> {
    return new Promise((resolve) => {
      const body = new Body(this.#secret);
      const announced = Number(request.headers["content-length"] ?? 0);
      const patience = setTimeout(() => upload.end("slow"), this.#patienceMs);
      const finish = (reading: Reading) => {
        clearTimeout(patience);
        request.off("data", take).off("end", check).off("close", abort);
        this.#uploads.delete(upload);
        resolve(reading);
      };
      const upload: Upload = {
        booked: 0,
        end: (refused) => {
          this.#giveBack(upload);
          body.drop();
          finish({ refused });
        },
      };
      const take = (chunk: Buffer) => {
        if (body.size + chunk.length > MAX_BODY) return upload.end("too-large");
        if (!this.#book(upload, toBook(body.size + chunk.length, announced))) return upload.end("crowded");
        body.add(chunk);
      };
      const check = () => {
        if (!body.isSigned(stated)) return upload.end("forged");
        finish({ refused: null, text: body.text(), done: () => this.#giveBack(upload) });
      };
      const abort = () => upload.end("aborted");
      // What is announced is booked at once, so that a body without room is not read in vain.
      if (announced > MAX_BODY) return upload.end("too-large");
      if (!this.#book(upload, announced)) return upload.end("crowded");
      this.#uploads.add(upload);
      // By events, since iterating over a stream costs a third more on bodies as small as most are.
      request.on("data", take).on("end", check).on("close", abort);
    });
  }

  /** Books room for so many bytes in all; false where there is none. */
  #book(upload: Upload, bytes: number): boolean {
    const more = Math.max(0, bytes - upload.booked);
    while (more > this.#room) {
      const [oldest] = [...this.#uploads].filter((other) => other !== upload);
      if (bytes > SMALL || oldest === undefined) return false;
      oldest.end("crowded");
    }
    this.#room -= more;
    upload.booked += more;
    return true;
  }

  #giveBack(upload: Upload): void {
    this.#room += upload.booked;
    upload.booked = 0;
  }
}

/** The bytes of a body as they came, and the signature over them so far. */
class Body {
  size = 0;
  readonly #hmac;
  #pieces: Buffer[] = [];

  constructor(secret: string) {
    this.#hmac = createHmac("sha256", secret);
  }

  add(chunk: Buffer): void {
    this.#hmac.update(chunk);
    this.#pieces.push(chunk);
    this.size += chunk.length;
  }

  /** Asked once, at the end. */
  isSigned(stated: Buffer): boolean {
    return timingSafeEqual(this.#hmac.digest(), stated);
  }

  text(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }

  drop(): void {
    this.#pieces = [];
  }
}
