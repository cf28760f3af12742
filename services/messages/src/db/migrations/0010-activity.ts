import type { Migration } from '@chatapp/service-kit'
import { sql } from 'kysely'
import { EVERYONE_ID } from '../../everyone.ts'

/** Words are found from now on; mentions and answers of before are taken in. */
export const activity: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table messages.activity (
    conversation_id uuid not null,
    position integer not null,
    user_id uuid not null,
    kind text not null check (kind in ('mention', 'reply', 'all', 'keyword')),
    sender_id uuid not null,
    sent_at timestamptz not null,
    primary key (conversation_id, position, user_id)
  )`,
  `insert into messages.activity
    select m.conversation_id, m.position, called.id,
      case called.id when '${EVERYONE_ID}' then 'all' else 'mention' end, m.sender_id, m.sent_at
    from messages.messages m cross join lateral (select distinct unnest(m.mentions)) as called (id)
    where m.mentions is not null and called.id <> m.sender_id`,
  `insert into messages.activity
    select m.conversation_id, m.position, r.sender_id, 'reply', m.sender_id, m.sent_at
    from messages.messages m join messages.messages r
      on r.conversation_id = m.conversation_id and r.position = m.reply_to
    where m.unsent_at is null and r.kind = 'text' and r.sender_id <> m.sender_id
    on conflict do nothing`,
  `create index activity_of_person on messages.activity (conversation_id, user_id, position)`,
  `create index activity_in_order
    on messages.activity (user_id, sent_at desc, conversation_id desc, position desc)`,
]
