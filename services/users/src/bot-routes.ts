import { routes } from '@chatapp/protocol'
import { type Binding, bindRoute } from '@chatapp/service-kit'
import { createBot } from './account/create-bot.ts'
import { listBots } from './bots/list.ts'
import { assertIsAdmin, getBot } from './bots/policy.ts'
import type { Context } from './context.ts'
import { presentUser } from './profile/present.ts'
import { createToken, exchangeToken, listTokens, revokeToken } from './session/bot-tokens.ts'

export function bindBots(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.listBots, async ({ caller, query }) => {
    await assertIsAdmin(ctx.sql, caller.userId)
    return listBots(ctx, query)
  })
  bindRoute(binding, routes.createBot, async ({ caller, body }) => {
    await assertIsAdmin(ctx.sql, caller.userId)
    const bot = await createBot(ctx, body)
    return { user: presentUser(bot), ...(await createToken(ctx, bot)) }
  })
  bindRoute(binding, routes.listBotTokens, async ({ caller, params, query }) => {
    await assertIsAdmin(ctx.sql, caller.userId)
    return listTokens(ctx, await getBot(ctx.sql, params.id), query)
  })
  bindRoute(binding, routes.createBotToken, async ({ caller, params }) => {
    await assertIsAdmin(ctx.sql, caller.userId)
    return createToken(ctx, await getBot(ctx.sql, params.id))
  })
  bindRoute(binding, routes.revokeBotToken, async ({ caller, params }) => {
    await assertIsAdmin(ctx.sql, caller.userId)
    return revokeToken(ctx, await getBot(ctx.sql, params.id), params.tokenId)
  })
  bindRoute(binding, routes.exchangeBotToken, (call) => exchangeToken(ctx, call.body.token, call))
}
