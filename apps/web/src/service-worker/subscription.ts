import { ask, getAccess } from './session.ts'
import { worker } from './worker.ts'

// TypeScript does not know what the event brings along.
export interface SubscriptionChange extends ExtendableEvent {
  oldSubscription: PushSubscription | null
  newSubscription: PushSubscription | null
}

/** The browser has replaced the subscription, or ended it: the server hears of the new one. */
export async function subscribeAnew(change: SubscriptionChange): Promise<void> {
  const accessToken = await getAccess()
  const { pushManager } = worker.registration
  const subscription =
    change.newSubscription ??
    (await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey:
        change.oldSubscription?.options.applicationServerKey ?? (await askKey(accessToken)),
    }))
  const { endpoint, keys } = subscription.toJSON()
  const body = { endpoint, keys }
  await ask('/api/notifications/subscriptions', { method: 'POST', body, accessToken })
}

async function askKey(accessToken: string): Promise<string> {
  const path = '/api/notifications/vapid-public-key'
  const response = await ask(path, { method: 'GET', accessToken })
  // As the route says.
  const { key } = (await response.json()) as { key: string }
  return key
}
