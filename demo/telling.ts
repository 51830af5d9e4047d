/** The story as it is told: what happened, one part after another, with every issue and comment as it stood at that moment. */
import type { CheckRun, Comment, Issue } from "../emulator/world.js";

/** An issue or pull request as it stood at a moment. */
export interface IssueView {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly at: Date;
  readonly state: "open" | "closed" | "merged";
  readonly isPull: boolean;
  readonly labels: readonly { readonly name: string; readonly color: string }[];
  readonly assignees: readonly string[];
}

export interface CommentView {
  readonly on: IssueView;
  readonly body: string;
  readonly author: string;
  readonly at: Date;
  readonly editedAt: Date;
}

/** A check run on a pull request as it stood at a moment. */
export interface CheckView {
  readonly on: IssueView;
  readonly name: string;
  /** How GitHub shows its conclusion: a tick, a square where it is neutral, a cross. */
  readonly sign: "✓" | "■" | "✗";
  readonly title: string;
  readonly summary: string;
  /** What is said beside lines of its files. */
  readonly remarks: readonly RemarkView[];
}

/** An annotation: what is said beside a line. */
export interface RemarkView {
  readonly level: "failure" | "warning" | "notice";
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** A file of a pull request; `before` is null where it is new. */
export interface FileView {
  readonly path: string;
  readonly before: string | null;
  readonly text: string;
}

export type Part =
  | { readonly kind: "scene"; readonly title: string }
  /** What the teller says, in Markdown. */
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "deed"; readonly who: string; readonly text: string }
  | { readonly kind: "command"; readonly line: string; readonly output: string }
  | { readonly kind: "file"; readonly file: FileView }
  | { readonly kind: "pull"; readonly pull: IssueView; readonly files: readonly FileView[] }
  | { readonly kind: "check"; readonly check: CheckView }
  /** `before`: what it said when it was told or remembered last; null where that was the same, or nothing. */
  | { readonly kind: "issue"; readonly issue: IssueView; readonly before: string | null }
  /** `before`: what the comment said when it was told last; null for one that is new. */
  | { readonly kind: "comment"; readonly comment: CommentView; readonly before: string | null };

/** Keeps the story, and passes each part on as it is told. */
export class Telling {
  readonly parts: Part[] = [];
  readonly #listener: (part: Part) => void;
  readonly #told = new Map<number, string>();
  readonly #issues = new Map<number, string>();

  constructor(listener: (part: Part) => void) {
    this.#listener = listener;
  }

  scene(title: string): void {
    this.#tell({ kind: "scene", title });
  }

  say(text: string): void {
    this.#tell({ kind: "words", text });
  }

  deed(who: string, text: string): void {
    this.#tell({ kind: "deed", who, text });
  }

  command(line: string, output: string): void {
    this.#tell({ kind: "command", line, output });
  }

  file(path: string, text: string): void {
    this.#tell({ kind: "file", file: { path, before: null, text } });
  }

  pull(pull: Issue, files: readonly FileView[]): void {
    this.#tell({ kind: "pull", pull: issueView(pull), files });
  }

  check(run: CheckRun, pull: Issue): void {
    this.#tell({ kind: "check", check: checkView(run, pull) });
  }

  issue(issue: Issue): void {
    const view = issueView(issue);
    const said = this.#issues.get(issue.number) ?? view.body;
    this.#issues.set(issue.number, view.body);
    this.#tell({ kind: "issue", issue: view, before: said === view.body ? null : said });
  }

  /** Keeps what these say now, so that of what is told of them later only what changed is shown. */
  remember(issues: readonly Issue[]): void {
    for (const { number, body } of issues) this.#issues.set(number, body ?? "");
  }

  comment(comment: Comment): void {
    const before = this.#told.get(comment.id) ?? null;
    this.#told.set(comment.id, comment.body);
    this.#tell({ kind: "comment", comment: commentView(comment), before });
  }

  #tell(part: Part): void {
    this.parts.push(part);
    this.#listener(part);
  }
}

/** What an issue looks like now; the emulator's own changes as the story goes on. */
export function issueView(issue: Issue): IssueView {
  const { number, title, body, user, createdAt, state, pull, labels, assignees } = issue;
  return {
    number,
    title,
    body: body ?? "",
    author: user.login,
    at: createdAt,
    state: pull?.mergedAt ? "merged" : state,
    isPull: pull !== null,
    labels: labels.map(({ name, color }) => ({ name, color })),
    assignees: assignees.map(({ login }) => login),
  };
}

function checkView({ name, conclusion, title, summary, annotations }: CheckRun, pull: Issue): CheckView {
  return {
    on: issueView(pull),
    name,
    sign: conclusion === "failure" ? "✗" : conclusion === "neutral" ? "■" : "✓",
    title: title ?? "",
    summary: summary ?? "",
    remarks: annotations.map(({ annotation_level: level, path, start_line, title, message }) => ({
      level: level === "failure" || level === "warning" ? level : "notice",
      path,
      line: start_line,
      rule: title ?? "",
      message: message ?? "",
    })),
  };
}

export function commentView({ issue, body, user, createdAt, updatedAt }: Comment): CommentView {
  return { on: issueView(issue), body, author: user.login, at: createdAt, editedAt: updatedAt };
}
