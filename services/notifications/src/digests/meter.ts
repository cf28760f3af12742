import { Counter, type Registry } from '@chatapp/service-kit'
import type { Step } from './policy.ts'

export type DigestEnd = 'ordered' | Extract<Step, { kind: 'drop' }>['reason']

export interface DigestMeter {
  ended(end: DigestEnd, count: number): void
}

export function createDigestMeter(metrics: Registry): DigestMeter {
  const digests = new Counter({
    name: 'chatapp_notifications_digests_total',
    help: 'People of whom something waited to be told by mail, by what came of it.',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  return { ended: (end, count) => digests.labels(end).inc(count) }
}
