import type { Standing } from '@chatapp/protocol'
import { type Batcher, createBatcher } from '@chatapp/service-kit'
import type { Context } from '../context.ts'

const PEOPLE_A_LOOK = 500
const WAITING_MAX = 50_000

/** Where each of many people is a member: those who come while one look is under way share the next. */
export function createStandings({ sql }: Pick<Context, 'sql'>): Batcher<string, Standing[]> {
  return createBatcher({
    maxBatch: PEOPLE_A_LOOK,
    maxWaiting: WAITING_MAX,
    async run(userIds) {
      const standings = await sql<Standing[]>`
        select p.conversation_id as "conversationId", p.user_id as "userId",
          p.joined_position as "joinedPosition", c.last_version as version
        from messages.participants p join messages.conversations c on c.id = p.conversation_id
        where p.user_id = any(${[...new Set(userIds)]}::uuid[]) and p.left_position is null`
      const byUser = Map.groupBy(standings, ({ userId }) => userId)
      return userIds.map((userId) => ({ ok: true, value: byUser.get(userId) ?? [] }))
    },
  })
}
