import type { AdvanceCommand } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { ParticipantRow } from '../db/schema.ts'
import { announceReceipt, type CursorOwner } from './announce.ts'

/** A process that died was asked again at once; who asks so late only makes sure. */
const DOUBTFUL_MS = 5 * 60_000

export type Repeated = CursorOwner & Pick<ParticipantRow, 'read_position' | 'delivered_position'>

interface Advance {
  conversation_id: string
  user_id: string
  kind: 'delivered' | 'read'
  to_position: number
  at: Date
}

/** What an earlier try stored; where the cursor is further on, somebody has told that since. */
export const isRepeated = (
  { read, delivered, again = false }: AdvanceCommand,
  cursor: Pick<ParticipantRow, 'read_position' | 'delivered_position'>,
) => again && (read === cursor.read_position || delivered === cursor.delivered_position)

/**
 * A process that dies after its commit has told nobody, and nothing else would: receipts have no
 * version that could be missed. Told twice they say the same.
 */
export async function announceAgain(
  context: Pick<Context, 'sql' | 'bus' | 'now'>,
  repeated: Repeated[],
  hidesReads: (userId: string) => boolean,
): Promise<void> {
  if (repeated.length === 0) return
  const since = new Date(context.now() - DOUBTFUL_MS)
  const owners = new Map(repeated.map((one) => [keyOf(one), one]))
  for (const advance of await latestAdvances(context, repeated, since)) {
    const owner = owners.get(keyOf(advance))
    const { kind, to_position: to, at } = advance
    // What was read in private since is nobody's business, nor where that was.
    if (!owner || to !== owner[`${kind}_position`]) continue
    announceReceipt(context, owner, { audience: 'all', kind, to, at })
  }
  for (const owner of repeated) {
    if (!hidesReads(owner.user_id) || owner.read_position === 0) continue
    const at = new Date(context.now())
    announceReceipt(context, owner, { audience: 'self', kind: 'read', to: owner.read_position, at })
  }
}

const keyOf = (of: Pick<CursorOwner, 'conversation_id' | 'user_id'>) =>
  `${of.conversation_id} ${of.user_id}`

function latestAdvances(
  { sql }: Pick<Context, 'sql'>,
  repeated: Repeated[],
  since: Date,
): PromiseLike<Advance[]> {
  return sql<Advance[]>`
    select k.conversation_id, k.user_id, kinds.kind, a.to_position, a.at
    from unnest(
      ${repeated.map((r) => r.conversation_id)}::uuid[], ${repeated.map((r) => r.user_id)}::uuid[]
    ) as k (conversation_id, user_id)
    cross join unnest(array['delivered', 'read']) as kinds (kind)
    cross join lateral (
      select to_position, at from messages.status_advances
      where conversation_id = k.conversation_id and user_id = k.user_id and kind = kinds.kind
      order by to_position desc limit 1
    ) a
    where a.at >= ${since.toISOString()}::timestamptz`
}
