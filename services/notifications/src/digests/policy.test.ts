import { expect, test } from 'vitest'
import { type Absence, nextStep } from './policy.ts'

const MINUTE_MS = 60_000
const NOON = Date.parse('2026-03-02T12:00:00Z')
const at = (minutes: number) => new Date(NOON + minutes * MINUTE_MS)
const preferences = { digest: true, digestEvery: 'hour', doNotDisturb: null } as const
const noon: Absence = {
  waitingSince: at(0),
  ...{ seenAt: null, sentAt: null, askedAt: null },
  preferences,
  mailbox: 'free',
}
const night = { from: '12:30', to: '14:00', timeZone: 'UTC' }

interface Case {
  known?: Partial<Absence>
  minute: number
  kind: 'ask' | 'drop' | 'order'
  /** The minute at which it is looked at again. */
  next?: number
}

test.each<[string, Case]>([
  ['not yet, and meanwhile it is asked', { minute: 10, kind: 'ask', next: 25 }],
  ['not yet, and soon', { minute: 50, kind: 'ask', next: 60 }],
  ['it is time, but nobody was asked', { minute: 60, kind: 'ask', next: 60 + 1 / 30 }],
  [
    'asked too long ago',
    { known: { askedAt: at(58) }, minute: 60, kind: 'ask', next: 60 + 1 / 30 },
  ],
  ['asked, and there was no answer', { known: { askedAt: at(60) }, minute: 60.5, kind: 'order' }],
  [
    'seen meanwhile',
    { known: { seenAt: at(40), askedAt: at(60) }, minute: 60.5, kind: 'ask', next: 75.5 },
  ],
  [
    'the digest before was sent later',
    { known: { sentAt: at(30), askedAt: at(60) }, minute: 60.5, kind: 'ask', next: 75.5 },
  ],
  [
    'the digest before still waits',
    { known: { mailbox: 'busy', askedAt: at(60) }, minute: 60.5, kind: 'ask', next: 65.5 },
  ],
  [
    'quiet hours',
    {
      known: { preferences: { ...preferences, doNotDisturb: night }, askedAt: at(60) },
      ...{ minute: 60.5, kind: 'ask', next: 65.5 },
    },
  ],
  [
    'every day',
    {
      known: { preferences: { ...preferences, digestEvery: 'day' } },
      minute: 60,
      kind: 'ask',
      next: 420,
    },
  ],
  [
    'switched off',
    { known: { preferences: { ...preferences, digest: false } }, minute: 60, kind: 'drop' },
  ],
  ['without an address', { known: { mailbox: 'none' }, minute: 60, kind: 'drop' }],
])('%s', (_, { known, minute, kind, next }) => {
  const step = nextStep({ ...noon, ...known }, at(minute).getTime())
  expect(step.kind).toBe(kind)
  if (next !== undefined) expect(step).toEqual({ kind, lookAt: at(next).getTime() })
})
