/**
 * Sends many large uploads, each but for its last byte, as fast as it is taken, and holds them there; once its standard input ends,
 * says what was answered and ends: see `flood.ts`.
 */
import { type ClientRequest, request as httpRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Flood, webhookHeaders } from "./flood.js";

const MIB = 1024 * 1024;
const CHUNK = Buffer.alloc(MIB, " ");

const { port, uploads, mebibytes, headers, chunked } = JSON.parse(process.argv[2] ?? "") as Flood & { port: number };
const answers: Record<string, number> = {};

async function upload(call: ClientRequest): Promise<void> {
  for (let sent = 0; sent < mebibytes && !call.destroyed; sent++) {
    const chunk = sent === mebibytes - 1 ? CHUNK.subarray(1) : CHUNK;
    if (!call.write(chunk)) await Promise.race([new Promise((resolve) => call.once("drain", resolve)), pause(1_000)]);
  }
}

for (let one = 0; one < uploads; one++) {
  const length = chunked ? {} : { "content-length": String(mebibytes * MIB) };
  const options = { port, host: "127.0.0.1", path: "/api/github/webhooks", method: "POST", agent: false };
  const call = httpRequest({ ...options, headers: { ...webhookHeaders(), ...headers, ...length } }, (answer) => {
    answer.resume();
    answers[answer.statusCode ?? 0] = (answers[answer.statusCode ?? 0] ?? 0) + 1;
  });
  // What is refused is cut off sooner or later.
  call.on("error", () => {});
  void upload(call);
}

for await (const _ of process.stdin);
process.stdout.write(`${JSON.stringify(answers)}\n`, () => process.exit(0));
