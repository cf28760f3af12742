import type { BodyFor, Call } from '../http/call.ts'
import { isUnauthenticated } from '../http/errors.ts'
import { itemsOf, type PageQuery } from '../http/pages.ts'
import type { SavedSession, Tokens } from '../http/tokens.ts'

export type UsersApi = ReturnType<typeof createUsersApi>

/** Accounts, sessions and people. */
export function createUsersApi(call: Call, tokens: Tokens) {
  const find = (query: string, page: PageQuery = {}) =>
    call('findUsers', { query: { query, ...page } })
  const sessions = (query: PageQuery = {}) => call('listSessions', { query })
  return {
    /** Creates an account; this client is signed in as it from then on. */
    register: async (body: BodyFor<'register'>): Promise<SavedSession> =>
      tokens.adopt(await call('register', { body })),
    /** Signs this client in. */
    login: async (body: BodyFor<'login'>): Promise<SavedSession> =>
      tokens.adopt(await call('login', { body })),
    /** Gets a new pair of tokens now; calls at the same time share one. */
    refresh: (): Promise<SavedSession> => tokens.refresh(),
    /** Ends this session on the server and forgets it here. */
    async logout(): Promise<void> {
      try {
        await call('logout')
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
    changePassword: (currentPassword: string, newPassword: string) =>
      call('changePassword', { body: { currentPassword, newPassword } }),
    find,
    findAll: (query: string) => itemsOf((page) => find(query, page)),
    get: (id: string) => call('getUser', { params: { id } }),
  }
}
