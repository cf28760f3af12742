import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

export const searchEngine: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  `create table messages.engine_indexes (
    name text primary key,
    form integer not null,
    state text not null check (state in ('planned', 'building', 'serving', 'retired')),
    conversation_id uuid not null,
    position integer not null,
    compared_at timestamptz not null
  )`,
  // One that is searched, and one that will be.
  `create unique index engine_indexes_once on messages.engine_indexes ((state = 'serving'))
    where state <> 'retired'`,
  `create table messages.engine_refusals (
    conversation_id uuid not null,
    position integer not null,
    version integer not null,
    reason text not null,
    refused_at timestamptz not null,
    primary key (conversation_id, position)
  )`,
]
