import { type Batcher, Counter, Gauge, type Registry } from '@chatapp/service-kit'
import type { Context } from './context.ts'
import { findLags } from './log/outbox.ts'

/** How much waits to be stored. */
export function observeSender(
  metrics: Registry,
  sender: Pick<Batcher<never, never>, 'waiting'>,
): void {
  new Gauge({
    name: 'chatapp_messages_waiting',
    help: 'Sends that wait for the next batch',
    registers: [metrics],
    collect() {
      this.set(sender.waiting)
    },
  })
}

/** Searches propose these all the same. */
export function countRefusals(metrics: Registry): Counter {
  return new Counter({
    name: 'chatapp_messages_search_index_refusals_total',
    help: 'Messages that the search index in PostgreSQL would not take; searches look at them in the log.',
    registers: [metrics],
  })
}

/** How far whoever reads the outbox is behind; asked of the database when somebody looks. */
export function observeOutbox(metrics: Registry, { db, outbox, log, now }: Context): void {
  const rows = new Gauge({
    name: 'chatapp_messages_outbox_rows',
    help: 'Batches of changes not yet known to be handled, by consumer.',
    labelNames: ['consumer'],
    registers: [metrics],
  })
  new Gauge({
    name: 'chatapp_messages_outbox_lag_seconds',
    help: 'Age of the oldest of them, by consumer.',
    labelNames: ['consumer'],
    registers: [metrics],
    async collect() {
      try {
        const lags = await findLags(db, outbox.consumers)
        this.reset()
        rows.reset()
        for (const { consumer, count, oldest } of lags) {
          rows.labels(consumer).set(count)
          this.labels(consumer).set(Math.max(0, now() - oldest.getTime()) / 1000)
        }
      } catch (error) {
        log.warn({ err: error }, 'the outbox was not measured')
      }
    },
  })
}
