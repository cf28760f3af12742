import type { DeliveryOutcome, PushMessage } from '@chatapp/protocol'
import type { Context } from '../context.ts'

interface Whose {
  userId: string
  /** Absent: all devices of the person. */
  subscriptionId?: string
}

export interface Tested {
  subscriptionId: string
  endpoint: string
  outcome: DeliveryOutcome
  status: number | null
}

const MESSAGE: PushMessage = { type: 'test' }

/** Sends at once, past the queue, so that the answer is the push service's own. */
export async function testDevices(context: Context, whose: Whose): Promise<Tested[]> {
  const { db, postman, meters } = context
  let query = db
    .selectFrom('notifications.subscriptions')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('user_id', '=', whose.userId)
  if (whose.subscriptionId !== undefined) query = query.where('id', '=', whose.subscriptionId)
  const devices = await query.orderBy('id').execute()
  const tested = await Promise.all(
    devices.map(async ({ id, ...device }) => {
      const text = JSON.stringify(MESSAGE)
      const posted = await postman.post({ ...device, text, subject: 'test', urgency: 'high' })
      meters.pushed(posted.outcome)
      const { outcome, status } = posted
      return { subscriptionId: id, endpoint: device.endpoint, outcome, status }
    }),
  )
  await forgetGone(context, tested)
  return tested
}

async function forgetGone({ db }: Context, tested: Tested[]): Promise<void> {
  const gone = tested.filter(({ outcome }) => outcome === 'gone')
  if (gone.length === 0) return
  await db
    .deleteFrom('notifications.subscriptions')
    .where(
      'id',
      'in',
      gone.map(({ subscriptionId }) => subscriptionId),
    )
    .execute()
}
