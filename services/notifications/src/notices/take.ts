import type { NotificationChange } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { isOld } from '../deciding/policy.ts'
import { judge } from './judge.ts'
import { storeNotices } from './store.ts'
import { withdraw } from './withdraw.ts'

/** First what is new, then what takes it back: both may have come together after a long absence. */
export async function takeChanges(context: Context, changes: NotificationChange[]): Promise<void> {
  const messages = changes.filter((change) => change.type === 'message')
  if (messages.some((one) => isOld(Date.parse(one.sentAt), context.now())))
    context.catchingUp.heardLateNews()
  const judged = await judge(context, messages)
  await context.sql.begin(async (trx) => {
    const told = await storeNotices(trx, judged, context.now())
    for (const { decision } of told) context.meters.decided(decision)
    await withdraw(trx, changes, context.now())
  })
}
