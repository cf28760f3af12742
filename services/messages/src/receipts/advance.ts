import { type AdvanceCommand, type ChatError, invalidField } from '@chatapp/protocol'
import { isWorthRepeating, type Outcome, type Queries, transact } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import type { ConversationRow, ParticipantRow } from '../db/schema.ts'
import { recordReads } from '../notifying/queries.ts'
import { nobodyAnswers, type People } from '../people.ts'
import { announceReceipt } from './announce.ts'
import { announceAgain, isRepeated } from './announce-again.ts'
import { type Movement, moveMark, moveRead } from './policy.ts'

/** A participant locked with the head of the conversation. */
type Cursor = ParticipantRow & Pick<ConversationRow, 'last_position' | 'history' | 'member_count'>

const TRIES = 5

/** A movement that others learn of, or one that only one's own devices do. */
type Step = { cursor: Cursor } & (
  | ({ audience: 'all' } & Movement)
  | { audience: 'self'; kind: 'read'; to: number }
)

/**
 * Moves cursors forward, many in one transaction. Rows are locked in the same order as sends lock
 * them, so that neither waits for the other in a circle.
 */
export async function advanceCursors(
  context: Context,
  commands: AdvanceCommand[],
): Promise<Outcome<ParticipantRow>[]> {
  const at = new Date(context.now())
  const people = await context.people.lookUp(commands.map(({ userId }) => userId))
  const { outcomes, steps, repeated } = await storeAdvances(context, { commands, people, at })
  context.cursors.grew(steps.length)
  for (const { cursor, ...step } of steps) announceReceipt(context, cursor, { ...step, at })
  await announceAgain(context, repeated, (userId) => hidesReads(people, userId))
  return outcomes
}

interface Advances {
  commands: AdvanceCommand[]
  people: LookedUp
  at: Date
}

type LookedUp = Awaited<ReturnType<People['lookUp']>>

function hidesReads(people: LookedUp, userId: string): boolean {
  const person = people.get(userId)
  return person !== 'unanswered' && (person?.hidesReads ?? false)
}

async function storeAdvances(context: Context, { commands, people, at }: Advances) {
  for (let tries = 1; ; tries++) {
    try {
      return await transact(await context.cursors.reserve(), async (sql) => {
        const cursors = await lockCursors(sql, commands)
        const steps: Step[] = []
        const repeated: Cursor[] = []
        const outcomes = commands.map((command): Outcome<ParticipantRow> => {
          const cursor = cursors.get(keyOf(command.conversationId, command.userId))
          if (people.get(command.userId) === 'unanswered')
            return { ok: false, error: nobodyAnswers() }
          const refusal = cursor ? refuseBeyondLast(cursor, command) : notFound()
          if (!cursor || refusal) return { ok: false, error: refusal }
          if (isRepeated(command, cursor)) repeated.push(cursor)
          steps.push(...move(cursor, command, hidesReads(people, command.userId)))
          return { ok: true, value: cursor }
        })
        await saveSteps(sql, steps, at)
        return { outcomes, steps, repeated }
      })
    } catch (error) {
      if (!isWorthRepeating(error) || tries === TRIES) throw error
    }
  }
}

const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`

async function lockCursors(sql: Queries, commands: AdvanceCommand[]): Promise<Map<string, Cursor>> {
  const keys = new Map(commands.map((c) => [keyOf(c.conversationId, c.userId), c]))
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, command]) => command)
  const rows = await sql<Cursor[]>`
    select p.*, c.last_position, c.history, c.member_count
    from unnest(${sorted.map((c) => c.conversationId)}::uuid[], ${sorted.map((c) => c.userId)}::uuid[])
      as k (conversation_id, user_id)
    cross join lateral (
      select * from messages.participants
      where conversation_id = k.conversation_id and user_id = k.user_id and left_position is null
      for update
    ) p
    join messages.conversations c on c.id = p.conversation_id`
  return new Map(rows.map((row) => [keyOf(row.conversation_id, row.user_id), row]))
}

/** A read covers the delivery of all that it covers, so it needs no step of its own. */
function move(
  cursor: Cursor,
  { read = 0, delivered = 0 }: AdvanceCommand,
  hidesReads: boolean,
): Step[] {
  const steps: Step[] = []
  const isMarkMoved = moveMark(cursor, read)
  if (read > cursor.read_position) {
    const movement = moveRead(cursor, read, hidesReads)
    if (movement) steps.push({ cursor, audience: 'all', ...movement })
    if (hidesReads) steps.push({ cursor, audience: 'self', kind: 'read', to: read })
  } else if (isMarkMoved) {
    steps.push({ cursor, audience: 'self', kind: 'read', to: read })
  }
  const from = cursor.delivered_position
  if (delivered > from) {
    steps.push({ cursor, audience: 'all', kind: 'delivered', from, to: delivered })
    cursor.delivered_position = delivered
  }
  return steps
}

function refuseBeyondLast(
  cursor: Cursor,
  { read = 0, delivered = 0 }: AdvanceCommand,
): ChatError | undefined {
  const message = `must be at most ${cursor.last_position}, the last position`
  if (read > cursor.last_position) return invalidField('read', message)
  if (delivered > cursor.last_position) return invalidField('delivered', message)
  return undefined
}

async function saveSteps(sql: Queries, steps: Step[], at: Date): Promise<void> {
  if (steps.length === 0) return
  const cursors = [...new Set(steps.map((step) => step.cursor))]
  const known = steps.filter((step) => step.audience === 'all')
  const time = at.toISOString()
  await Promise.all([
    sql`
      update messages.participants p
      set read_position = k.read, delivered_position = k.delivered, shown_read_position = k.shown,
        unread_from = k.mark
      from unnest(
        ${cursors.map((c) => c.conversation_id)}::uuid[], ${cursors.map((c) => c.user_id)}::uuid[],
        ${cursors.map((c) => c.read_position)}::int[], ${cursors.map((c) => c.delivered_position)}::int[],
        ${cursors.map((c) => c.shown_read_position)}::int[], ${cursors.map((c) => c.unread_from)}::int[]
      ) as k (conversation_id, user_id, read, delivered, shown, mark)
      where p.conversation_id = k.conversation_id and p.user_id = k.user_id`,
    sql`
      insert into messages.status_advances (conversation_id, user_id, kind, from_position, to_position, at)
      select *, ${time}::timestamptz from unnest(
        ${known.map((s) => s.cursor.conversation_id)}::uuid[], ${known.map((s) => s.cursor.user_id)}::uuid[],
        ${known.map((s) => s.kind)}::text[], ${known.map((s) => s.from)}::int[], ${known.map((s) => s.to)}::int[]
      )`,
    recordReads(
      sql,
      steps.filter((step) => step.kind === 'read').map(({ cursor }) => cursor),
    ),
  ])
}

export type AdvanceNow = (command: AdvanceCommand) => Promise<ParticipantRow>
