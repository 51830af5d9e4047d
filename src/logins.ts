/**
 * How people and teams are called, in one place: the policy, commands, documents and what is stored agree on it.
 */

/**
 * A login: 39 letters, digits and hyphens at most. Of an enterprise that manages its users, an underscore and the enterprise's short
 * code end it (`octo_acme`).
 * https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
const LOGIN = "[A-Za-z\\d][A-Za-z\\d_-]{0,38}";
/** A team as GitHub writes it: its organisation's login, and a name made of a title. */
const TEAM = `${LOGIN}/[A-Za-z\\d_.-]{1,100}`;

const ONLY_LOGIN = new RegExp(`^${LOGIN}$`);
const ONLY_LOGIN_OR_TEAM = new RegExp(`^(?:${LOGIN}|${TEAM})$`);

/** `@login` or `@organisation/team`, for schemas. */
export const AT_LOGIN_OR_TEAM = new RegExp(`^@(?:${LOGIN}|${TEAM})$`);

/** Whether a text, without `@`, can be a person's login. Whether there is such a person only GitHub knows. */
export const isLogin = (text: string): boolean => ONLY_LOGIN.test(text);

/** Whether a name, without `@`, is an App's bot's: `dependabot[bot]`. */
export const isBotLogin = (text: string): boolean => /^[\w-]+\[bot\]$/.test(text);

/** As {@link isLogin}, or a team's `organisation/name`. */
export const isLoginOrTeam = (text: string): boolean => ONLY_LOGIN_OR_TEAM.test(text);

/**
 * What people write behind an `@` in documents, as the source of a pattern with the flag `u`: a login, a bot's or a team, also such as other
 * hosts have, with dots. Taken whole or not at all, so that `@ana.lopez`, `@anaïs` and `@ana@example.com` never mean `@ana`. Where words
 * are not parted by blanks, it ends with its script: `@anaさん` is `@ana`.
 */
export const HANDLE =
  "[\\w.-]+(?:/[\\w.-]+|\\[bot\\])?(?![@\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{M}])";
