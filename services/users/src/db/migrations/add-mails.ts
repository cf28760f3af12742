import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const addMails: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table users.users add column email_verified_at timestamptz`,
  `create index users_by_email on users.users (lower(email)) where email is not null`,
  `create table users.mails (
    id uuid primary key,
    user_id uuid not null references users.users on delete cascade,
    kind text not null check (kind in ('password-reset', 'email-verification', 'email-changed')),
    address text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    taken_at timestamptz
  )`,
  `create index mails_waiting on users.mails (id) where taken_at is null`,
  `create index mails_by_user on users.mails (user_id, kind)`,
  `create index mails_by_expiry on users.mails (expires_at)`,
  `create table users.mail_tokens (
    token_hash bytea primary key,
    mail_id uuid not null references users.mails on delete cascade
  )`,
  `create index mail_tokens_by_mail on users.mail_tokens (mail_id)`,
]
