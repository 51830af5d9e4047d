/**
 * Holds every request against GitHub's OpenAPI description (`openapi.json`, cut by `trim-openapi.ts`): which operation it is,
 * and whether its query and body say only what the operation knows.
 */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

export interface Operation {
  /** GitHub's operation id, such as `issues/create`. */
  id: string;
  method: string;
  path: string;
  query: object;
  body?: object;
  bodyRequired?: boolean;
}

interface Matcher {
  operation: Operation;
  pattern: RegExp;
  names: string[];
}

/** These parameters stand for what may hold slashes. */
const WITH_SLASHES = new Set(["path", "ref", "branch", "basehead"]);

/** Parameters that GitHub's description does not know, and its own links to other pages hold. */
const LINKED: Readonly<Record<string, readonly string[]>> = { "issues/list-for-repo": ["after"] };

class Description {
  readonly #matchers: Matcher[];
  readonly #query = new Ajv({ coerceTypes: true, allowUnionTypes: true, strict: false });
  readonly #body = new Ajv({ allowUnionTypes: true, strict: false });
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor() {
    const text = readFileSync(new URL("openapi.json", import.meta.url), "utf8");
    const operations: Operation[] = JSON.parse(text);
    this.#matchers = operations.map(matcher).sort((a, b) => b.operation.path.localeCompare(a.operation.path));
    this.#matchers.sort((a, b) => specificity(b) - specificity(a));
    addFormats.default(this.#query);
    addFormats.default(this.#body);
  }

  /** The operation a request means, and the parameters in its path, decoded; null where GitHub's description has none such. */
  find(method: string, path: string): { operation: Operation; params: Record<string, string> } | null {
    for (const { operation, pattern, names } of this.#matchers) {
      const found = operation.method === method ? pattern.exec(path) : null;
      if (found === null) continue;
      const values = names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? "")]);
      return { operation, params: Object.fromEntries(values) };
    }
    return null;
  }

  /** What is wrong with a request, as sentences; none when it is as described. `query` is coerced in place. */
  problems(operation: Operation, query: Record<string, unknown>, body: unknown): string[] {
    const linked = LINKED[operation.id] ?? [];
    const described = Object.fromEntries(Object.entries(query).filter(([name]) => !linked.includes(name)));
    const out = this.#check(this.#query, operation.query, described, "query");
    Object.assign(query, described);
    if (operation.body === undefined) {
      if (body !== undefined && !isEmpty(body)) out.push(`${operation.id} takes no body`);
    } else if (body !== undefined) {
      out.push(...this.#check(this.#body, operation.body, body, "body"));
    } else if (operation.bodyRequired === true) {
      out.push(`${operation.id} needs a body`);
    }
    return out;
  }

  #check(ajv: Ajv, schema: object, value: unknown, where: string): string[] {
    const validate = this.#compiled.get(schema) ?? ajv.compile(schema);
    this.#compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map((error) => sentence(where, error));
  }
}

/** One for all emulators of a process: making a check of a schema costs more than the request it is for. */
export const DESCRIPTION = new Description();

function isEmpty(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}

function sentence(where: string, error: ErrorObject): string {
  const extra: unknown = error.params.additionalProperty;
  return `${where}${error.instancePath} ${error.message ?? "is invalid"}${extra === undefined ? "" : `: ${String(extra)}`}`;
}

/** How many parts of a path are fixed words: `/issues/comments` goes before `/issues/{issue_number}`. */
function specificity({ operation }: Matcher): number {
  return operation.path.split("/").filter((part) => !part.startsWith("{")).length;
}

function matcher(operation: Operation): Matcher {
  const names: string[] = [];
  const source = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    names.push(name);
    if (name === "path") return "(.*)";
    return WITH_SLASHES.has(name) ? "(.+)" : "([^/]+)";
  });
  return { operation, names, pattern: new RegExp(`^${source}$`) };
}
