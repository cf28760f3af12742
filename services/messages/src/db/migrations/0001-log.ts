import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const log: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

// Fill factors leave room for updates in place: the heads and cursors change with every message.
const STATEMENTS = [
  `create table messages.conversations (
    id uuid primary key,
    kind text not null check (kind in ('direct', 'group')),
    title text,
    history text not null default 'shared' check (history in ('shared', 'since-joined')),
    invites text not null default 'members' check (invites in ('members', 'admins')),
    created_by uuid,
    created_at timestamptz not null,
    last_position integer not null default 0,
    last_version integer not null default 1,
    settings_version integer not null default 1,
    last_message_at timestamptz not null,
    member_count integer not null default 0,
    direct_key text unique
  ) with (fillfactor = 50)`,
  `create table messages.participants (
    conversation_id uuid not null,
    user_id uuid not null,
    role text not null check (role in ('owner', 'admin', 'member')),
    joined_at timestamptz not null,
    joined_position integer not null,
    left_position integer,
    delivered_position integer not null,
    read_position integer not null,
    version integer not null,
    notify text not null check (notify in ('all', 'mentions', 'nothing')),
    muted_until timestamptz,
    pinned boolean not null default false,
    primary key (conversation_id, user_id)
  ) with (fillfactor = 70)`,
  `create index participants_of_user on messages.participants (user_id) where left_position is null`,
  `create index participants_changed on messages.participants (conversation_id, version)`,
  `create table messages.messages (
    conversation_id uuid not null,
    position integer not null,
    version integer not null,
    sender_id uuid not null,
    client_id text not null,
    kind text not null check (kind in ('text', 'system')),
    body text,
    event jsonb,
    reply_to integer,
    mentions uuid[],
    reactions jsonb,
    sent_at timestamptz not null,
    edited_at timestamptz,
    unsent_at timestamptz,
    primary key (conversation_id, position)
  )`,
  `create unique index messages_once on messages.messages (conversation_id, sender_id, client_id)`,
  `create index messages_changed on messages.messages (conversation_id, version)`,
  `create index messages_not_counted on messages.messages (conversation_id, position)
    where kind = 'system' or unsent_at is not null`,
  `create table messages.status_advances (
    conversation_id uuid not null,
    user_id uuid not null,
    kind text not null check (kind in ('read', 'delivered')),
    from_position integer not null,
    to_position integer not null,
    at timestamptz not null,
    primary key (conversation_id, user_id, kind, to_position)
  )`,
  `create view messages.message_status as
    select m.conversation_id, m.position, p.user_id,
      case when r.at is not null then 'read' when d.at is not null then 'delivered' else 'sent' end as status,
      least(r.at, d.at) as delivered_at, r.at as read_at
    from messages.messages m
    join messages.participants p on p.conversation_id = m.conversation_id and p.user_id <> m.sender_id
    left join lateral (
      select a.at, a.from_position from messages.status_advances a
      where a.conversation_id = m.conversation_id and a.user_id = p.user_id and a.kind = 'read'
        and a.to_position >= m.position
      order by a.to_position limit 1
    ) r on r.from_position < m.position
    left join lateral (
      select a.at, a.from_position from messages.status_advances a
      where a.conversation_id = m.conversation_id and a.user_id = p.user_id and a.kind = 'delivered'
        and a.to_position >= m.position
      order by a.to_position limit 1
    ) d on d.from_position < m.position
    where p.joined_position < m.position or r.at is not null or d.at is not null`,
  `create table messages.outbox (
    consumer text not null,
    id uuid not null,
    conversation_ids uuid[] not null,
    from_versions integer[] not null,
    to_versions integer[] not null,
    created_at timestamptz not null,
    primary key (consumer, id)
  )`,
]
