import type { Queries } from '@chatapp/service-kit'

/** What one process at a time does; any numbers that nothing else of ours locks. */
const LOCKS = {
  notifying: 7_203_551,
  webhooks: 7_203_552,
  newWebhook: 7_203_553,
  newHook: 7_203_554,
}

/** True when no other process is at it, until this transaction ends. */
export async function takeTurn(trx: Queries, what: 'notifying' | 'webhooks'): Promise<boolean> {
  const [lock] = await trx<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(${LOCKS[what]}) as taken`
  return lock?.taken ?? false
}

/** Until this transaction ends nobody else is at it: what is counted now stays so. */
export async function awaitTurn(trx: Queries, what: 'newWebhook' | 'newHook'): Promise<void> {
  await trx`select pg_advisory_xact_lock(${LOCKS[what]})`
}
