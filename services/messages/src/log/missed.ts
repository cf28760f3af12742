import type { Missed, Standing } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { framesBetween } from './replay.ts'

/** More than that is told as "there is more": sockets then catch up from their own cursors. */
const VERSIONS_MAX = 500

/** What a gateway that has heard everything up to this version has missed since. */
export async function missedSince(
  context: Context,
  conversationId: string,
  since: number,
): Promise<Missed> {
  const { [conversationId]: version = 0 } = await headsOf(context, [conversationId])
  if (version <= since) return { version, frames: [], joined: [] }
  const of = version - since <= VERSIONS_MAX ? ('everything' as const) : ('people' as const)
  const frames = await framesBetween(context, { conversationId, from: since, to: version }, of)
  return { version, frames, joined: await joinedSince(context, conversationId, since) }
}

/** The last version of each conversation; those that nobody knows are left out. */
export async function headsOf(
  { sql }: Pick<Context, 'sql'>,
  conversationIds: string[],
): Promise<Record<string, number>> {
  const heads = await sql<{ id: string; version: number }[]>`
    select id, last_version as version from messages.conversations
    where id = any(${conversationIds}::uuid[])`
  return Object.fromEntries(heads.map(({ id, version }) => [id, version]))
}

/** Everybody enters the lobby unannounced, so there it would be everybody who is new. */
export async function joinedSince(
  { sql, lobbyId }: Context,
  conversationId: string,
  since: number,
): Promise<Standing[]> {
  if (conversationId === lobbyId) return []
  return sql<Standing[]>`
    select conversation_id as "conversationId", user_id as "userId",
      joined_position as "joinedPosition", ${since}::int as version
    from messages.participants
    where conversation_id = ${conversationId} and version > ${since} and left_position is null`
}
