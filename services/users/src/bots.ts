import { type BotToken, ChatError, type NewBotToken, parseInput, routes } from '@chatapp/protocol'
import { createBot } from './account/create-bot.ts'
import { type Account, presentAccount } from './account/present.ts'
import { findByUsername } from './account/queries.ts'
import type { Context } from './context.ts'
import type { Page } from './cursor.ts'
import type { UserRow } from './db/schema.ts'
import { createToken, listTokens, revokeToken } from './session/bot-tokens.ts'

/** What an operator may do with bots; not served over HTTP. Unknown names: `not-found`. */
export interface Bots {
  create(input: {
    username: string
    displayName?: string
  }): Promise<{ account: Account } & NewBotToken>
  createToken(username: string): Promise<NewBotToken>
  tokens(username: string): Promise<Page<BotToken>>
  revoke(username: string, tokenId: string): Promise<void>
}

const TOKENS_SHOWN_MAX = 200

export function createBots(ctx: Context): Bots {
  return {
    async create(input) {
      const bot = await createBot(ctx, parseInput(routes.createBot.body, input))
      return { account: presentAccount(bot), ...(await createToken(ctx, bot)) }
    },
    createToken: async (username) => createToken(ctx, await getByUsername(ctx, username)),
    tokens: async (username) =>
      listTokens(ctx, await getByUsername(ctx, username), { limit: TOKENS_SHOWN_MAX }),
    revoke: async (username, tokenId) =>
      revokeToken(ctx, await getByUsername(ctx, username), tokenId),
  }
}

async function getByUsername(ctx: Context, username: string): Promise<UserRow> {
  const user = await findByUsername(ctx.sql, username)
  if (!user?.is_bot) throw new ChatError('not-found', `There is no bot named "${username}".`)
  return user
}
