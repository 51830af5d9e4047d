/**
 * Sending to a channel: one request, whose answer is told by what it means for the work. No address is ever in an error, since
 * errors are logged and shown.
 */
import { Fatal, Retryable } from "../errors.js";
import type { Kind, Telling } from "./channel.js";
import { KINDS } from "./kinds.js";
import type { ChannelSettings } from "./settings.js";

/** What workflows send by. */
export interface Sending {
  /**
   * Sends once.
   * @throws Retryable where it may work later (`undone` where it is certain that nothing was taken), Fatal where a person must see to it.
   */
  send(name: string, channel: ChannelSettings, telling: Telling): Promise<void>;
}

const ANSWER_WITHIN_MS = 10_000;
/** Of an answer nothing is needed; so much is read, so that the connection can be used again. */
const MOST_READ = 64 * 1_024;
/** However long it is told to wait. */
const LONGEST_WAIT_MS = 3_600_000;
const FIRST_WAIT_MS = 60_000;

/** What is sent, as JSON. */
export const bodyOf = ({ kind }: ChannelSettings, telling: Telling): string =>
  JSON.stringify(KINDS[kind].body(telling));

/** Sends over HTTP. `answerWithinMs`: for tests. */
export function httpSending(answerWithinMs = ANSWER_WITHIN_MS): Sending {
  return {
    async send(name, channel, telling) {
      const body = bodyOf(channel, telling);
      const kind: Kind = KINDS[channel.kind];
      const answer = await fetch(channel.url, {
        method: "POST",
        redirect: "manual",
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "User-Agent": "follow-through",
          ...kind.headers?.(telling, body, channel.secret),
        },
        body,
        signal: AbortSignal.timeout(answerWithinMs),
      }).catch((error: unknown) => {
        throw noAnswer(name, error);
      });
      await drain(answer);
      judge(name, answer);
    },
  };
}

/** The system's code alone: messages of libraries name the address. */
function noAnswer(name: string, error: unknown): Retryable {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no answer";
  // Nothing was sent where there was no connection.
  const undone = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code);
  return new Retryable(`The channel ${name} gives no answer (${code})`, { undone });
}

async function drain(answer: Response): Promise<void> {
  const reader = answer.body?.getReader();
  let read = 0;
  try {
    while (reader && read <= MOST_READ) {
      const { done, value } = await reader.read();
      if (done) return;
      read += value.byteLength;
    }
    await reader?.cancel();
  } catch {
    // The status has come, which tells enough.
  }
}

function judge(name: string, { status, headers }: Response): void {
  if (status >= 200 && status < 300) return;
  const said = `The channel ${name} answers ${status}`;
  if (status === 429) {
    const waitMs = waitOf(headers.get("retry-after"));
    throw new Retryable(said, { waitMs, undone: true, blameless: true });
  }
  // A gateway does not know what became of it behind it.
  if (status >= 500 || status === 408) throw new Retryable(said, { undone: status === 500 || status === 503 });
  if (status >= 300 && status < 400)
    throw new Fatal(`${said}: it leads elsewhere, which is not followed. Set the address it leads to.`);
  throw new Fatal(`${said}. See to its address in the environment, and to the channel itself.`);
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(after: string | null): number {
  const ms =
    after === null ? Number.NaN : /^\d+$/.test(after.trim()) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(1_000, ms)) : FIRST_WAIT_MS;
}
