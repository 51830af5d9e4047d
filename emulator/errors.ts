/** The answers with which GitHub refuses, in its words: people read them, and Octokit reads some of them too. */

export interface FieldError {
  resource: string;
  field?: string;
  code: string;
  message?: string;
  value?: unknown;
}

/** A refusal. Thrown anywhere below a request, it becomes the answer. */
export class GitHubError extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors: readonly FieldError[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  get body(): object {
    const errors = this.errors.length === 0 ? {} : { errors: this.errors };
    const documentation_url = "https://docs.github.com/rest";
    return { message: this.message, ...errors, documentation_url, status: String(this.status) };
  }
}

export const notFound = () => new GitHubError(404, "Not Found");
export const notAccessible = () => new GitHubError(403, "Resource not accessible by integration");

/** For what the description knows and the emulator does not: said loudly, and counted as a violation. */
export function notEmulated(what: string): GitHubError {
  return new GitHubError(501, `not emulated: ${what}`);
}

/** Refuses a request that uses something the emulator would have to ignore. */
export function refuseUnemulated(fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) if (value != null) throw notEmulated(name);
}

export function validationFailed(...errors: FieldError[]): GitHubError {
  return new GitHubError(422, "Validation Failed", errors);
}

/** The answer for a string past its limit: the issue tracker's limits are 256 for titles and 65,536 for bodies. */
export function tooLong(resource: string, field: string, maximum: number): GitHubError {
  const message = `${field} is too long (maximum is ${maximum} characters)`;
  return validationFailed({ resource, code: "custom", field, message });
}
