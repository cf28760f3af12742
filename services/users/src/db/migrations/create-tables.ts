import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

// Names sort by the bytes ("C"), so that paging does not depend on the server's locale.
const statements = [
  sql`create table users.users (
    id uuid primary key,
    username text collate "C" not null,
    display_name text not null,
    email text,
    password_hash text not null,
    avatar text,
    bio text not null default '',
    preferences jsonb not null default '{}',
    created_at timestamptz not null,
    deactivated_at timestamptz,
    announced_at timestamptz
  )`,
  sql`create unique index users_by_username on users.users (lower(username))`,
  sql`create index users_unannounced on users.users (id) where announced_at is null`,

  sql`create table users.name_keys (
    key text collate "C" not null,
    user_id uuid not null references users.users on delete cascade,
    primary key (key, user_id)
  )`,
  sql`create index name_keys_by_user on users.name_keys (user_id)`,

  sql`create table users.sessions (
    id uuid primary key,
    user_id uuid not null references users.users on delete cascade,
    user_agent text,
    ip text,
    created_at timestamptz not null,
    used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
  )`,
  sql`create index sessions_by_user on users.sessions (user_id, id)`,
  sql`create index sessions_by_expiry on users.sessions (expires_at)`,
  sql`create index sessions_revoked on users.sessions (revoked_at) where revoked_at is not null`,

  sql`create table users.refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references users.sessions on delete cascade,
    issued_at timestamptz not null,
    used_at timestamptz
  )`,
  sql`create index refresh_tokens_by_session on users.refresh_tokens (session_id)`,
  sql`create index refresh_tokens_by_issue on users.refresh_tokens (issued_at)`,

  sql`create table users.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    event text not null,
    user_id uuid,
    session_id uuid,
    ip text
  )`,
  sql`create index audit_by_user on users.audit (user_id, id)`,
  sql`create function users.refuse_change() returns trigger language plpgsql as
    'begin raise exception ''the audit is append-only''; end'`,
  sql`create trigger audit_is_append_only before update or delete or truncate on users.audit
    for each statement execute function users.refuse_change()`,
]

export const createTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db)
  },
}
