import type { BodyFor, Call, QueryFor } from '../http/call.ts'
import { itemsOf, type PageQuery } from '../http/pages.ts'

export type WebhooksApi = ReturnType<typeof createWebhooksApi>

/** URLs that are told what happens. */
export function createWebhooksApi(call: Call) {
  const list = (query: QueryFor<'listWebhooks'> = {}) => call('listWebhooks', { query })
  const failed = (id: string, query: PageQuery = {}) =>
    call('listFailedEvents', { params: { id }, query })
  return {
    /** Of one group; without `conversationId` all of them, for admins of the installation. */
    list,
    all: (query: QueryFor<'listWebhooks'> = {}) => itemsOf((page) => list({ ...query, ...page })),
    /** The `secret` in the answer is shown this once: it verifies what arrives. */
    create: (body: BodyFor<'createWebhook'>) => call('createWebhook', { body }),
    /** What happens while it is off is not told later. */
    switch: (id: string, state: 'on' | 'off') =>
      call('updateWebhook', { params: { id }, body: { state } }),
    delete: (id: string) => call('deleteWebhook', { params: { id } }),
    /** Posts a test event now, and says what came of it; `problem` is null when it arrived. */
    test: (id: string) => call('testWebhook', { params: { id } }),
    /** Events that were given up. */
    failed,
    allFailed: (id: string) => itemsOf((page) => failed(id, page)),
    /** Delivers them again; says how many. */
    retryFailed: async (id: string) => (await call('retryFailedEvents', { params: { id } })).events,
  }
}
