/**
 * The App's two ways to say who it is: a JWT signed with its private key (RS256, at most ten minutes ahead), and the installation
 * tokens it gets for one, which live an hour. The JWT is held against GitHub's clock; tokens live by wall time, which tests that
 * move that clock by days need not mind.
 */
import { createVerify, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Viewer } from "./call.js";
import { GitHubError } from "./errors.js";
import type { Installation, Permissions, World } from "./world.js";

const HOUR_MS = 3_600_000;
const MAX_AHEAD_S = 600;
/** GitHub allows that much difference between clocks. */
const DRIFT_S = 60;

/** Made again in each process, and shared by its emulators: making one takes a while. */
const KEYS = generateKeyPairSync("rsa", { modulusLength: 2048 });

interface Token {
  installation: Installation;
  permissions: Permissions;
  repositories: Set<number> | null;
  expiresAt: Date;
}

export class Tokens {
  /** PEM (PKCS #1), as GitHub hands it out. */
  readonly privateKey: string;
  readonly #publicKey: KeyObject;
  readonly #tokens = new Map<string, Token>();
  readonly #world: World;
  readonly #now: () => Date;

  constructor(world: World, now: () => Date) {
    this.privateKey = KEYS.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    this.#publicKey = KEYS.publicKey;
    this.#world = world;
    this.#now = now;
  }

  issue(installation: Installation, permissions: Permissions, repositories: Set<number> | null) {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const expiresAt = new Date(this.#now().getTime() + HOUR_MS);
    this.#tokens.set(token, { installation, permissions, repositories, expiresAt });
    return { token, expiresAt };
  }

  /** Makes every token that was given out worthless, as if an hour had gone by. */
  expireAll(): void {
    for (const token of this.#tokens.values()) token.expiresAt = new Date(0);
  }

  /** Who an `Authorization` header says it is. Throws 401 for what is not, or no longer, true. */
  viewer(header: string | undefined): Viewer {
    const [scheme = "", value = ""] = (header ?? "").split(" ");
    if (!/^(bearer|token)$/i.test(scheme)) throw new GitHubError(401, "Requires authentication");
    if (value.split(".").length === 3) {
      this.#verify(value);
      return { kind: "app" };
    }
    const token = this.#tokens.get(value);
    const lives = token !== undefined && this.#now() < token.expiresAt;
    if (!lives || !this.#world.installations.has(token.installation.id)) throw new GitHubError(401, "Bad credentials");
    return { kind: "installation", ...token };
  }

  #verify(jwt: string): void {
    const [header = "", claims = "", signature = ""] = jwt.split(".");
    const read = (part: string): Record<string, unknown> => {
      try {
        return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
      } catch {
        throw new GitHubError(401, "A JSON web token could not be decoded");
      }
    };
    const { iat, exp, iss } = read(claims);
    // Whose key it must be is looked up first: https://github.com/octokit/rest.js/issues/218
    if (String(iss) !== String(this.#world.app.id) && iss !== `Iv1.${this.#world.app.id}`) {
      throw new GitHubError(404, "Integration not found");
    }
    const right = createVerify("RSA-SHA256")
      .update(`${header}.${claims}`)
      .verify(this.#publicKey, Buffer.from(signature, "base64url"));
    if (!right || read(header).alg !== "RS256") {
      throw new GitHubError(401, "A JSON web token could not be decoded");
    }
    const now = Math.floor(this.#world.clock.now().getTime() / 1000);
    if (typeof exp !== "number" || exp <= now) {
      const message =
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
      throw new GitHubError(401, message);
    }
    if (exp > now + MAX_AHEAD_S + DRIFT_S)
      throw new GitHubError(401, "'Expiration time' claim ('exp') is too far in the future");
    if (typeof iat !== "number" || iat > now + DRIFT_S) {
      const message =
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
      throw new GitHubError(401, message);
    }
  }
}
