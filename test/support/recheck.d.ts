/** What the tests use of recheck, so that types are checked where its 50 MB are not installed. */
declare module "recheck" {
  export interface Diagnostics {
    /** A text on which the pattern goes back over its steps: each prefix and pump, the pump repeated, then the suffix. */
    readonly attack?: {
      readonly pumps: readonly { readonly prefix: string; readonly pump: string }[];
      readonly suffix: string;
    };
  }
  export function checkSync(source: string, flags: string, params?: { readonly timeout?: number }): Diagnostics;
}
