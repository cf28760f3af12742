import type { BodyFor, Call } from '../http/call.ts'
import { itemsOf, type PageQuery } from '../http/pages.ts'

export type BotsApi = ReturnType<typeof createBotsApi>

/** Accounts of programs; for admins of the installation. */
export function createBotsApi(call: Call) {
  const list = (query: PageQuery = {}) => call('listBots', { query })
  const tokens = (id: string, query: PageQuery = {}) =>
    call('listBotTokens', { params: { id }, query })
  return {
    list,
    all: () => itemsOf(list),
    /** The `token` in the answer is shown this once: `createClient({ url, token })` signs in with it. */
    create: (body: BodyFor<'createBot'>) => call('createBot', { body }),
    /** With their last use. */
    tokens,
    allTokens: (id: string) => itemsOf((page) => tokens(id, page)),
    createToken: (id: string) => call('createBotToken', { params: { id } }),
    /** Ends it; sockets that were opened with it close within a second. */
    revokeToken: (id: string, tokenId: string) =>
      call('revokeBotToken', { params: { id, tokenId } }),
  }
}
