import { ChatError, routes, type Session, type WebSession } from '@chatapp/protocol'
import { type RequestContext, request } from './request.ts'
import type { AroundRefresh, Exchange } from './tokens.ts'

/** What gives this client its access tokens. */
export function exchangeFor(
  { token, web = false }: { token?: string; web?: boolean },
  context: RequestContext,
): Exchange {
  if (token !== undefined) return exchangeBotToken(context, token)
  return web ? exchangeCookie(context) : exchangeToken(context)
}

/** For bots, whose token stays the same. */
const exchangeBotToken =
  (context: RequestContext, token: string): Exchange =>
  async () => {
    const answer = await request(context, routes.exchangeBotToken, {
      body: { token },
      accessToken: null,
    })
    // The route's own schema has parsed it.
    return answer as WebSession
  }

/** For programs, which keep the refresh token themselves. */
const exchangeToken =
  (context: RequestContext): Exchange =>
  async (before) => {
    const refreshToken = before?.refreshToken
    if (refreshToken === undefined)
      throw new ChatError('unauthenticated', 'this client is not signed in')
    const answer = await request(context, routes.refresh, {
      body: { refreshToken },
      accessToken: null,
    })
    // The route's own schema has parsed it.
    return answer as Session
  }

/** For pages: the browser puts the cookie to the request, and keeps the next one. */
const exchangeCookie =
  (context: RequestContext): Exchange =>
  async (before) => {
    // The route's own schema has parsed it.
    const session = (await request(context, routes.webRefresh, { accessToken: null })) as WebSession
    // Another tab has signed somebody else in: what is open here must not go out in their name.
    if (before && before.user.id !== session.user.id)
      throw new ChatError('unauthenticated', 'somebody else has signed in in this browser')
    return session
  }

/** The tabs of a browser refresh one after the other, where it has locks: not on plain HTTP. */
export const amongTabs: AroundRefresh = (refresh) => {
  // Typed as always there, which it is in secure contexts only.
  const locks = navigator.locks as LockManager | undefined
  return locks ? locks.request('chatapp refresh', refresh) : refresh()
}
