import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'

// Apart from the messages, which stay as small as they are: sending writes none of this.
export const search: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  `create table messages.search_documents (
    conversation_id uuid not null,
    position integer not null,
    version integer not null,
    tokens_version integer not null,
    sender_id uuid not null,
    sent_at timestamptz not null,
    tokens tsvector not null,
    primary key (conversation_id, position)
  )`,
  // What waits to be sorted in is looked through by every search: it must stay small.
  `create index search_documents_by_token on messages.search_documents using gin (tokens)
    with (gin_pending_list_limit = 1024)`,
  `create index search_documents_by_time
    on messages.search_documents (sent_at desc, conversation_id desc, position desc)`,
  `create table messages.search_builds (
    tokens_version integer primary key,
    conversation_id uuid not null,
    position integer not null,
    is_done boolean not null default false
  )`,
]
