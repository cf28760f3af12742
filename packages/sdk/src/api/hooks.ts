import type { BodyFor, Call, QueryFor } from '../http/call.ts'
import { itemsOf } from '../http/pages.ts'

export type HooksApi = ReturnType<typeof createHooksApi>

/** Incoming webhooks: URLs to which programs post what a bot then says; for admins of the installation. */
export function createHooksApi(call: Call) {
  const list = (query: QueryFor<'listHooks'> = {}) => call('listHooks', { query })
  return {
    /** Of one group, or of all. */
    list,
    all: (query: QueryFor<'listHooks'> = {}) => itemsOf((page) => list({ ...query, ...page })),
    /** The `url` in the answer is shown this once: whoever has it can post. */
    create: (body: BodyFor<'createHook'>) => call('createHook', { body }),
    /** A new URL; the old one ends at once. */
    replaceSecret: (id: string) => call('replaceHookSecret', { params: { id } }),
    delete: (id: string) => call('deleteHook', { params: { id } }),
  }
}
