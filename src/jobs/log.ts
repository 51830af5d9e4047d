/** What jobs and store ask of a logger: pino fits. Messages are static text; whatever varies goes into the fields. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Says nothing: for tests and one-off commands. */
export const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };
