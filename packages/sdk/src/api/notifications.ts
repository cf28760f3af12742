import type { BodyFor, Call, QueryFor } from '../http/call.ts'
import type { PageQuery } from '../http/pages.ts'

export type NotificationsApi = ReturnType<typeof createNotificationsApi>

/** Push subscriptions and how I want to be notified. */
export function createNotificationsApi(call: Call) {
  return {
    vapidPublicKey: async () => (await call('getVapidPublicKey')).key,
    subscriptions: (query: PageQuery = {}) => call('listSubscriptions', { query }),
    subscribe: (body: BodyFor<'createSubscription'>) => call('createSubscription', { body }),
    unsubscribe: (id: string) => call('deleteSubscription', { params: { id } }),
    preferences: () => call('getNotificationPreferences'),
    updatePreferences: (body: BodyFor<'updateNotificationPreferences'>) =>
      call('updateNotificationPreferences', { body }),
    /** No more digests by mail for whom the link in one of them was sent. */
    unsubscribeFromDigest: async (token: string) => {
      await call('unsubscribeFromDigest', { params: { token } })
    },
    /** Sends a push message to a device of mine, and says what its push service said. */
    test: (subscriptionId: string) => call('testPush', { body: { subscriptionId } }),
    /** Why I was told of messages, or was not; the latest first. */
    log: (query: QueryFor<'listNotices'> = {}) => call('listNotices', { query }),
  }
}
