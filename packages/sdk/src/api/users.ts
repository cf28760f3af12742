import type { BodyFor, Call } from '../http/call.ts'
import { isUnauthenticated } from '../http/errors.ts'
import { itemsOf, type PageQuery } from '../http/pages.ts'
import type { SavedSession, Tokens } from '../http/tokens.ts'

export type UsersApi = ReturnType<typeof createUsersApi>

/** How a client signs in and out, by whether it keeps its refresh token itself. */
export const APP_ROUTES = { register: 'register', login: 'login', logout: 'logout' } as const
export const WEB_ROUTES = {
  register: 'webRegister',
  login: 'webLogin',
  logout: 'webLogout',
} as const
type SessionRoutes = typeof APP_ROUTES | typeof WEB_ROUTES

/** Accounts, sessions and people. */
export function createUsersApi(call: Call, tokens: Tokens, sessionRoutes: SessionRoutes) {
  const find = (query: string, page: PageQuery = {}) =>
    call('findUsers', { query: { query, ...page } })
  const sessions = (query: PageQuery = {}) => call('listSessions', { query })
  return {
    /** Creates an account; this client is signed in as it from then on. */
    register: async (body: BodyFor<'register'>): Promise<SavedSession> =>
      tokens.adopt(await call(sessionRoutes.register, { body })),
    /** Signs this client in. */
    login: async (body: BodyFor<'login'>): Promise<SavedSession> =>
      tokens.adopt(await call(sessionRoutes.login, { body })),
    /** Gets a new pair of tokens now; calls at the same time share one. */
    refresh: (): Promise<SavedSession> => tokens.refresh(),
    /** When a page loads: the session that the browser's cookie stands for, null without one. */
    async resume(): Promise<SavedSession | null> {
      try {
        return tokens.session ?? (await tokens.refresh())
      } catch (error) {
        if (isUnauthenticated(error)) return null
        throw error
      }
    },
    /** Ends this session on the server and forgets it here. */
    async logout(): Promise<void> {
      try {
        await call(sessionRoutes.logout)
      } catch (error) {
        if (!isUnauthenticated(error)) throw error
      }
      await tokens.forget()
    },
    sessions,
    allSessions: () => itemsOf(sessions),
    endSession: (id: string) => call('endSession', { params: { id } }),
    me: () => call('getOwnUser'),
    updateMe: (body: BodyFor<'updateOwnUser'>) => call('updateOwnUser', { body }),
    /** Sets my picture; of a crop each is in pixels of the upright picture. */
    setAvatar: async (image: Blob, crop?: { x: number; y: number; size: number }) =>
      call('setAvatar', {
        ...(crop && { query: crop }),
        body: new Uint8Array(await image.arrayBuffer()),
        mediaType: image.type,
      }),
    removeAvatar: () => call('removeAvatar'),
    changePassword: (currentPassword: string, newPassword: string) =>
      call('changePassword', { body: { currentPassword, newPassword } }),
    /** Has a link sent to whoever has the address; the answer does not say whether somebody has. */
    askPasswordReset: (email: string) => call('askPasswordReset', { body: { email } }),
    /** Sets a new password with the token of that link; all sessions of the account end. */
    resetPassword: (token: string, newPassword: string) =>
      call('resetPassword', { params: { token }, body: { newPassword } }),
    /** Has the mail sent again that verifies my address. */
    askEmailVerification: () => call('askEmailVerification'),
    verifyEmail: (token: string) => call('verifyEmail', { params: { token } }),
    find,
    findAll: (query: string) => itemsOf((page) => find(query, page)),
    get: (id: string) => call('getUser', { params: { id } }),
  }
}
