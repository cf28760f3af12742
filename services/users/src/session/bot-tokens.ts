import { type BotToken, ChatError, type NewBotToken, type WebSession } from '@chatapp/protocol'
import { ACCESS_TOKEN, createId } from '@chatapp/service-kit'
import { findById } from '../account/queries.ts'
import { insertAudit } from '../audit/queries.ts'
import { findBotSession } from '../bots/queries.ts'
import type { Context, Device } from '../context.ts'
import { cutPage, decodeCursor, type Page } from '../cursor.ts'
import type { UserRow } from '../db/schema.ts'
import { publishSessionsEnded } from '../news.ts'
import { presentOwnUser } from '../profile/present.ts'
import {
  endSessions,
  findLiveSessions,
  insertRefreshToken,
  insertSession,
  saveSessionUse,
} from './queries.ts'
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts'

/** A token lasts until somebody revokes it; the column wants a time. */
const LASTS_MS = 100 * 365 * 24 * 3_600_000
/** Says what it is to whoever finds it, and to programs that look for leaked secrets. */
const PREFIX = 'chatapp_bot_'

/** A session that is not rotated: its token is exchanged again and again. */
export async function createToken(ctx: Context, bot: UserRow): Promise<NewBotToken> {
  const now = ctx.now()
  const id = createId(now)
  const token = `${PREFIX}${createRefreshToken()}`
  await ctx.sql.begin(async (tx) => {
    await insertSession(tx, {
      ...{ id, user_id: bot.id, user_agent: null, ip: null, kind: 'bot' },
      ...{ created_at: new Date(now), used_at: new Date(now), revoked_at: null },
      expires_at: new Date(now + LASTS_MS),
    })
    await insertRefreshToken(tx, { hash: hashRefreshToken(token), sessionId: id, at: now })
    await insertAudit(tx, { event: 'bot-token-made', at: now, userId: bot.id, sessionId: id })
  })
  return { id, token }
}

const ID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function listTokens(
  { sql, now }: Context,
  bot: UserRow,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<BotToken>> {
  const before = decodeCursor(cursor, ID_CURSOR)
  const rows = await findLiveSessions(sql, { userId: bot.id, at: now(), limit, before })
  const page = cutPage(rows, limit, (row) => row.id)
  return {
    ...page,
    items: page.items.map(({ id, created_at: made, used_at: used }) => ({
      id,
      createdAt: made.toISOString(),
      usedAt: used > made ? used.toISOString() : null,
    })),
  }
}

/** Its access tokens are refused, and its sockets closed, within a second. */
export async function revokeToken(ctx: Context, bot: UserRow, tokenId: string): Promise<undefined> {
  const at = ctx.now()
  const ended = await ctx.sql.begin(async (tx) => {
    const ids = await endSessions(tx, { userId: bot.id, only: tokenId, at })
    for (const sessionId of ids)
      await insertAudit(tx, { event: 'bot-token-revoked', at, userId: bot.id, sessionId })
    return ids
  })
  if (ended.length === 0) throw new ChatError('not-found', 'There is no such token.')
  publishSessionsEnded(ctx, bot.id, ended)
}

export async function exchangeToken(
  ctx: Context,
  token: string,
  { ip, userAgent }: Omit<Device, 'kind'>,
): Promise<WebSession> {
  const session = await findBotSession(ctx.sql, hashRefreshToken(token))
  const bot = session && (await findById(ctx.sql, session.user_id))
  if (!bot || bot.deactivated_at)
    throw new ChatError('unauthenticated', 'The token is not that of a bot, or was revoked.')
  const used = { ip, user_agent: userAgent, used_at: new Date(ctx.now()) }
  await saveSessionUse(ctx.sql, { ...session, ...used })
  const accessToken = await ctx.tokens.sign(bot.id, session.id)
  return { user: presentOwnUser(bot), accessToken, expiresIn: ACCESS_TOKEN.lifetimeSeconds }
}
