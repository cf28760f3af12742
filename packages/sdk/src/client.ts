import type { ServerInfo, Session } from '@chatapp/protocol'
import { type BotsApi, createBotsApi } from './api/bots.ts'
import { type ConversationsApi, createConversationsApi } from './api/conversations.ts'
import { createHooksApi, type HooksApi } from './api/hooks.ts'
import { createMessagesApi, type MessagesApi } from './api/messages.ts'
import { createNotificationsApi, type NotificationsApi } from './api/notifications.ts'
import { APP_ROUTES, createUsersApi, type UsersApi, WEB_ROUTES } from './api/users.ts'
import { createWebhooksApi, type WebhooksApi } from './api/webhooks.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Call, createCall } from './http/call.ts'
import { amongTabs, exchangeFor } from './http/exchange.ts'
import type { Fetch } from './http/request.ts'
import { type AroundRefresh, type SavedSession, Tokens } from './http/tokens.ts'
import { Connection, type ConnectOptions } from './live/connection.ts'
import type { ClientStorage } from './outbox/store.ts'

export interface ClientOptions {
  /** Where the server is: `https://chat.example.com`. */
  url: string
  /**
   * For a page that this server or its proxy serves: the refresh token stays in a cookie that no
   * script sees, `users.resume()` finds who is signed in, and tabs take turns to refresh.
   */
  web?: boolean
  /** Of a bot: `users.refresh()` signs it in, and so does the first request. */
  token?: string
  /** To go on signed in: what `onSession` gave last, or a session just received. */
  session?: Session | SavedSession | undefined
  /** Called with every new session, so that it can be kept, and with null when it is over. */
  onSession?: (session: SavedSession | null) => void | Promise<void>
  /**
   * Runs each refresh. Tabs that share a session must take turns here, and answer with the session
   * that another tab has got meanwhile: the server ends a session that refreshes twice.
   */
  aroundRefresh?: AroundRefresh
  /** Keeps unsent messages between visits; without it they live as long as the connection. */
  storage?: ClientStorage
  fetch?: Fetch
  WebSocket?: typeof WebSocket
  clock?: Clock
  random?: () => number
}

export interface Client extends AsyncDisposable {
  readonly session: SavedSession | null
  readonly call: Call
  readonly users: UsersApi
  readonly conversations: ConversationsApi
  readonly messages: MessagesApi
  readonly notifications: NotificationsApi
  readonly webhooks: WebhooksApi
  readonly hooks: HooksApi
  readonly bots: BotsApi
  /** What this server can do. */
  server(): Promise<ServerInfo>
  /** Takes over a session got elsewhere, for example by another tab; null signs out here only. */
  setSession(session: Session | SavedSession | null): Promise<void>
  /** Opens a connection of its own. @throws {ChatError} `unauthenticated` when not signed in */
  connect(options?: ConnectOptions): Connection
  /** Closes the connections and breaks off the requests; the session lives on. */
  close(): Promise<void>
}

/**
 * A client of one server, for one account.
 *
 * @example
 * await using client = createClient({ url: 'https://chat.example.com' })
 * await client.users.login({ username: 'alice', password })
 * for await (const conversation of client.conversations.all()) console.log(conversation.title)
 */
export function createClient(options: ClientOptions): Client {
  const { web = false, storage, clock = systemClock, random = Math.random } = options
  const closing = new AbortController()
  const connections = new Set<Connection>()
  const context = {
    url: options.url.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    closing: closing.signal,
  }
  const tokens = new Tokens({
    session: options.session,
    clock,
    exchange: exchangeFor(options, context),
    signsInByItself: options.token !== undefined,
    onSession: options.onSession ?? (() => {}),
    aroundRefresh: options.aroundRefresh ?? (web ? amongTabs : (refresh) => refresh()),
  })
  const call = createCall(context, tokens)
  const live = { url: context.url, WebSocket: options.WebSocket ?? WebSocket, tokens, call }
  async function close() {
    await Promise.all([...connections].map((connection) => connection.close()))
    closing.abort()
  }
  return {
    get session() {
      return tokens.session
    },
    call,
    users: createUsersApi(call, tokens, web ? WEB_ROUTES : APP_ROUTES),
    conversations: createConversationsApi(call, tokens),
    messages: createMessagesApi(call),
    notifications: createNotificationsApi(call),
    webhooks: createWebhooksApi(call),
    hooks: createHooksApi(call),
    bots: createBotsApi(call),
    server: () => call('getServer'),
    setSession: async (session) => void (await (session ? tokens.adopt(session) : tokens.forget())),
    connect(connectOptions) {
      const connection = new Connection({ ...live, storage, clock, random }, connectOptions)
      connections.add(connection)
      connection.on('state', ({ state }) => {
        if (state.kind === 'ended' && state.why === 'closed') connections.delete(connection)
      })
      return connection
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
