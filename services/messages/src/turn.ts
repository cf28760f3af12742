import type { Queries } from '@chatapp/service-kit'

/** What one process at a time does; any numbers that nothing else of ours locks. */
const LOCKS = { notifying: 7_203_551, webhooks: 7_203_552 }

/** True when no other process is at it, until this transaction ends. */
export async function takeTurn(trx: Queries, what: keyof typeof LOCKS): Promise<boolean> {
  const [lock] = await trx<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(${LOCKS[what]}) as taken`
  return lock?.taken ?? false
}
