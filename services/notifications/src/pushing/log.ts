import { createId, type Queries } from '@chatapp/service-kit'
import type { Ended } from './due.ts'

/** Further failures of a topic tell nothing new. */
const FAILURES_WRITTEN_DOWN = 10

/** Each try and how it ended, so that people can ask why they were told, or were not. */
export async function writeDown(sql: Queries, ended: Ended[], now: number): Promise<void> {
  const tries = ended.filter(isWorthIt).map((one) => ({ ...one, id: createId(now) }))
  await sql`
    insert into notifications.deliveries (id, user_id, conversation_id, subscription_id,
      first_position, position, kind, outcome, status, at)
    select *, ${new Date(now)}::timestamptz from unnest(
      ${tries.map(({ id }) => id)}::uuid[], ${tries.map(({ due }) => due.user_id)}::uuid[],
      ${tries.map(({ due }) => due.conversation_id)}::uuid[],
      ${tries.map(({ due }) => due.subscription_id)}::uuid[],
      ${tries.map(({ due }) => due.first_position)}::int[],
      ${tries.map(({ due }) => due.position)}::int[],
      ${tries.map(({ due }) => (due.state === 'closing' ? 'close' : 'message'))}::text[],
      ${tries.map(({ outcome }) => outcome)}::text[], ${tries.map(({ status }) => status)}::int[])`
  await writeDownSummed(sql, tries)
}

const isWorthIt = ({ due, outcome }: Ended) =>
  outcome !== 'failed' || due.tries <= FAILURES_WRITTEN_DOWN

async function writeDownSummed(sql: Queries, tries: (Ended & { id: string })[]): Promise<void> {
  const summed = tries.flatMap(({ id, due: { user_id, oldNews } }) =>
    oldNews.map((one) => ({ ...one, id, userId: user_id })),
  )
  if (summed.length === 0) return
  await sql`
    insert into notifications.summed
      (delivery_id, user_id, conversation_id, first_position, position)
    select * from unnest(
      ${summed.map(({ id }) => id)}::uuid[], ${summed.map(({ userId }) => userId)}::uuid[],
      ${summed.map(({ conversationId }) => conversationId)}::uuid[],
      ${summed.map(({ firstPosition }) => firstPosition)}::int[],
      ${summed.map(({ position }) => position)}::int[])`
}
