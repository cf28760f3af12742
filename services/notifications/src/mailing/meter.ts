import { Counter, Gauge, type Logger, type Registry, type Sql } from '@chatapp/service-kit'
import type { MailRow } from '../db/schema.ts'
import { measureMails } from './queries.ts'

export interface MailMeter {
  mailed(kind: MailRow['kind'], outcome: Exclude<MailRow['state'], 'waiting'> | 'failed'): void
}

interface Queue {
  sql: Sql
  log: Logger
  now: () => number
}

export function createMailMeter(metrics: Registry, queue: Queue): MailMeter {
  observeWaiting(metrics, queue)
  const mails = new Counter({
    name: 'chatapp_notifications_mails_total',
    help: 'Tries to hand over a mail, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers: [metrics],
  })
  return { mailed: (kind, outcome) => mails.labels(kind, outcome).inc() }
}

/** Asked of the database when somebody looks. */
function observeWaiting(metrics: Registry, { sql, log, now }: Queue): void {
  const depth = new Gauge({
    name: 'chatapp_notifications_mail_queue_rows',
    help: 'Mails that wait to be handed over.',
    registers: [metrics],
  })
  new Gauge({
    name: 'chatapp_notifications_mail_queue_age_seconds',
    help: 'How long the oldest of them has waited.',
    registers: [metrics],
    async collect() {
      try {
        const { count, oldest } = await measureMails(sql)
        depth.set(count)
        this.set(oldest ? Math.max(0, now() - oldest.getTime()) / 1000 : 0)
      } catch (error) {
        log.warn({ err: error }, 'the queue of mail was not measured')
      }
    },
  })
}
