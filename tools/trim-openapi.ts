/**
 * Cuts GitHub's OpenAPI description down to the operations that the emulator knows, for `emulator/openapi.json`.
 * Run it again when an operation is added to the list below:
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *     npx tsx tools/trim-openapi.ts package/generated/api.github.com.json
 *
 * What stays of an operation: its id, method, path, the schema of its query parameters and of its JSON body (as plain JSON Schema,
 * references resolved, no prose). Query parameters and the top level of bodies are closed: what GitHub's description
 * does not name is refused, even where GitHub itself would look away.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OPERATIONS = [
  "POST /app-manifests/{code}/conversions",
  "GET /app",
  "GET /app/hook/deliveries",
  "GET /app/hook/deliveries/{delivery_id}",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /installation/repositories",
  "GET /orgs/{org}/installation",
  "GET /orgs/{org}/members/{username}",
  "GET /orgs/{org}/teams/{team_slug}",
  "GET /rate_limit",
  "GET /repos/{owner}/{repo}",
  "GET /repos/{owner}/{repo}/activity",
  "GET /repos/{owner}/{repo}/assignees",
  "GET /repos/{owner}/{repo}/assignees/{assignee}",
  "GET /repos/{owner}/{repo}/branches/{branch}",
  "POST /repos/{owner}/{repo}/check-runs",
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}",
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  "GET /repos/{owner}/{repo}/commits",
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
  "GET /repos/{owner}/{repo}/commits/{ref}",
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
  "GET /repos/{owner}/{repo}/compare/{basehead}",
  "GET /repos/{owner}/{repo}/contents/{path}",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
  "GET /repos/{owner}/{repo}/git/ref/{ref}",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
  "GET /repos/{owner}/{repo}/installation",
  "GET /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues",
  "GET /repos/{owner}/{repo}/issues/comments",
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  "GET /repos/{owner}/{repo}/issues/{issue_number}",
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/timeline",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/assignees",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
  "GET /repos/{owner}/{repo}/labels",
  "POST /repos/{owner}/{repo}/labels",
  "GET /repos/{owner}/{repo}/labels/{name}",
  "PATCH /repos/{owner}/{repo}/labels/{name}",
  "GET /repos/{owner}/{repo}/pulls",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
  "GET /users/{username}",
  "GET /users/{username}/installation",
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** JSON Schema's words that constrain; everything else (descriptions, examples, defaults) is prose to a validator. */
const KEPT = new Set(
  "type enum items properties required additionalProperties anyOf allOf not minimum maximum minLength maxLength pattern format minItems maxItems".split(
    " ",
  ),
);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resolve(document: JsonObject, node: Json): Json {
  if (!isObject(node) || typeof node.$ref !== "string") return node;
  let target: Json = document;
  for (const key of node.$ref.replace("#/", "").split("/")) target = isObject(target) ? (target[key] ?? null) : null;
  return resolve(document, target);
}

/** An OpenAPI 3.0 schema as plain JSON Schema: `nullable` spelled out, `oneOf` loosened to `anyOf` (GitHub's overlap). */
function toJsonSchema(document: JsonObject, source: Json): Json {
  const schema = resolve(document, source);
  if (!isObject(schema)) return schema;
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    const kept = key === "oneOf" ? "anyOf" : key;
    if (!KEPT.has(kept)) continue;
    if (kept === "properties" && isObject(value)) {
      out[kept] = Object.fromEntries(Object.entries(value).map(([name, v]) => [name, toJsonSchema(document, v)]));
    } else if (Array.isArray(value) && (kept === "anyOf" || kept === "allOf")) {
      out[kept] = value.map((v) => toJsonSchema(document, v));
    } else if (isObject(value)) {
      out[kept] = toJsonSchema(document, value);
    } else {
      out[kept] = value;
    }
  }
  if (schema.nullable !== true) return out;
  if (Array.isArray(out.enum) && !out.enum.includes(null)) out.enum.push(null);
  if (typeof out.type === "string") return { ...out, type: [out.type, "null"] };
  return { anyOf: [out, { type: "null" }] };
}

/** Closes the top level of a body, or, where the body is a choice, of each of its alternatives. */
function closed(schema: Json): Json {
  if (!isObject(schema)) return schema;
  if (isObject(schema.properties)) return { ...schema, additionalProperties: false };
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: schema.anyOf.map(closed) };
  return schema;
}

function trimmed(document: JsonObject, key: string): JsonObject {
  const [method = "", path = ""] = key.split(" ");
  const operations = isObject(document.paths) ? document.paths[path] : null;
  const operation = isObject(operations) ? operations[method.toLowerCase()] : null;
  if (!isObject(operation)) throw new Error(`GitHub's description has no ${key}`);
  const parameters = (Array.isArray(operation.parameters) ? operation.parameters : []).map((p) => resolve(document, p));
  const query = parameters.filter(isObject).filter((p) => p.in === "query");
  const out: JsonObject = {
    id: operation.operationId ?? null,
    method,
    path,
    query: {
      type: "object",
      properties: Object.fromEntries(query.map((p) => [String(p.name), toJsonSchema(document, p.schema ?? {})])),
      required: query.filter((p) => p.required === true).map((p) => String(p.name)),
      additionalProperties: false,
    },
  };
  const body = resolve(document, operation.requestBody ?? null);
  if (isObject(body) && isObject(body.content) && isObject(body.content["application/json"])) {
    out.body = closed(toJsonSchema(document, body.content["application/json"].schema ?? {}));
    out.bodyRequired = body.required === true;
  }
  return out;
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error("usage: tsx tools/trim-openapi.ts api.github.com.json");
const description: JsonObject = JSON.parse(readFileSync(source, "utf8"));
const lines = OPERATIONS.map((key) => JSON.stringify(trimmed(description, key)));
writeFileSync(new URL("../emulator/openapi.json", import.meta.url), `[\n${lines.join(",\n")}\n]\n`);
