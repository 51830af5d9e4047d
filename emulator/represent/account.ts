/** Users, organisations and teams as GitHub's API shows them. */
import type { Account, Team, World } from "../world.js";
import { apiUrl, nodeId, type Schema, stamp } from "./base.js";

export function simpleUser(world: World, account: Account): Schema<"simple-user"> & { id: number } {
  const api = apiUrl(world, `/users/${encodeURIComponent(account.login)}`);
  const page = account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${world.origin}/avatars/u/${account.id}`,
    gravatar_id: "",
    url: api,
    html_url: `${world.origin}/${page}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

export function simpleUserOrNull(world: World, account: Account | null): Schema<"nullable-simple-user"> {
  return account === null ? null : simpleUser(world, account);
}

/** An account's page, as everybody sees it. */
export function publicUser(world: World, account: Account): Schema<"public-user"> {
  const created = stamp(account.createdAt);
  return {
    ...simpleUser(world, account),
    user_view_type: "public",
    name: null,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: created,
    updated_at: created,
  };
}

/** An organisation as webhooks carry it. */
export function organizationSimple(world: World, account: Account): Schema<"organization-simple"> {
  const api = apiUrl(world, `/orgs/${account.login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/u/${account.id}`,
    description: "",
  };
}

export function teamFull(world: World, organization: Account, team: Team): Schema<"team-full"> {
  const api = apiUrl(world, `/organizations/${organization.id}/team/${team.id}`);
  const created = stamp(organization.createdAt);
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    url: api,
    html_url: `${world.origin}/orgs/${organization.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    parent: null,
    members_count: team.members.size,
    repos_count: 0,
    created_at: created,
    updated_at: created,
    type: "organization",
    organization: {
      ...organizationSimple(world, organization),
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      html_url: `${world.origin}/${organization.login}`,
      type: "Organization",
      created_at: created,
      updated_at: created,
      archived_at: null,
    },
  };
}
