import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decision, decide, OLD_AFTER_MS, type Situation } from './policy.ts'

const ALICE = '00000000-0000-7000-8000-00000000000a'
const BOB = '00000000-0000-7000-8000-00000000000b'
// 23:30 in Berlin.
const NOW = Date.parse('2026-11-22T22:30:00Z')
const NIGHT = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }

interface Told {
  message?: Partial<Situation['message']>
  addressee?: Partial<Situation['addressee']>
  preferences?: Partial<Situation['preferences']>
  devices?: Partial<Situation['devices']>
}

function situationOf({ message, addressee, preferences, devices }: Told): Situation {
  return {
    message: { senderId: ALICE, position: 7, text: 'The soup is ready', sentAt: NOW, ...message },
    addressee: { userId: BOB, level: 'mentions', mutedUntil: null, readPosition: 6, ...addressee },
    preferences: { doNotDisturb: null, keywords: [], ...preferences },
    devices: { subscribed: 1, screen: 'elsewhere', ...devices },
    now: NOW,
  }
}

const mention = { calling: 'mention' } as const
const direct = { calling: 'direct' } as const
const reply = { calling: 'reply' } as const
const silent = { level: 'nothing' } as const
const shown = { screen: 'shows-it' } as const
const soup = { keywords: ['soup'] }
const night = { doNotDisturb: NIGHT }
const later = new Date(NOW + 1).toISOString()
const old = NOW - OLD_AFTER_MS - 1

const table: [title: string, Told, Decision['outcome'], Decision['reason']][] = [
  ['direct', { addressee: { calling: 'direct', level: 'all' } }, 'push', 'direct'],
  ['direct by mentions', { addressee: { calling: 'direct' } }, 'push', 'direct'],
  ['mention', { addressee: mention }, 'push', 'mention'],
  ['reply', { addressee: { calling: 'reply' } }, 'push', 'reply'],
  ['@all', { addressee: { calling: 'all' } }, 'push', 'all'],
  ['keyword', { preferences: { keywords: ['SOUP'] } }, 'push', 'keyword'],
  ['part of a word', { preferences: { keywords: ['sou'] } }, 'nothing', 'not-called'],
  ['level all', { addressee: { level: 'all' } }, 'push', 'level-all'],
  ['not called', {}, 'nothing', 'not-called'],
  ['own', { addressee: { ...mention, userId: ALICE } }, 'nothing', 'own'],
  ['read', { addressee: { ...mention, readPosition: 7 } }, 'nothing', 'read'],
  ['screen', { addressee: mention, devices: { screen: 'shows-it' } }, 'nothing', 'on-screen'],
  ['nothing', { addressee: { ...mention, level: 'nothing' } }, 'nothing', 'level-nothing'],
  [
    'nothing, direct',
    { addressee: { calling: 'direct', level: 'nothing' } },
    'nothing',
    'level-nothing',
  ],
  ['muted', { addressee: { ...mention, mutedUntil: later } }, 'nothing', 'muted'],
  [
    'muted until now',
    { addressee: { ...mention, mutedUntil: new Date(NOW).toISOString() } },
    'push',
    'mention',
  ],
  [
    'night',
    { addressee: mention, preferences: { doNotDisturb: NIGHT } },
    'in-app',
    'do-not-disturb',
  ],
  [
    'day elsewhere',
    { addressee: mention, preferences: { doNotDisturb: { ...NIGHT, timeZone: 'Asia/Tokyo' } } },
    'push',
    'mention',
  ],
  ['no device', { addressee: mention, devices: { subscribed: 0 } }, 'in-app', 'no-device'],
  ['old', { addressee: mention, message: { sentAt: old } }, 'digest', 'mention'],
  ['ten minutes old', { addressee: mention, message: { sentAt: old + 1 } }, 'push', 'mention'],
  ['own, in a direct conversation', { addressee: { ...direct, userId: ALICE } }, 'nothing', 'own'],
  ['own keyword', { addressee: { userId: ALICE }, preferences: soup }, 'nothing', 'own'],
  ['direct, read', { addressee: { ...direct, readPosition: 8 } }, 'nothing', 'read'],
  ['direct, on screen', { addressee: direct, devices: shown }, 'nothing', 'on-screen'],
  ['direct, muted', { addressee: { ...direct, mutedUntil: later } }, 'nothing', 'muted'],
  ['direct, at night', { addressee: direct, preferences: night }, 'in-app', 'do-not-disturb'],
  ['direct, old', { addressee: direct, message: { sentAt: old } }, 'digest', 'direct'],
  ['keyword, level nothing', { addressee: silent, preferences: soup }, 'nothing', 'level-nothing'],
  ['keyword, level all', { addressee: { level: 'all' }, preferences: soup }, 'push', 'keyword'],
  ['mention and keyword', { addressee: mention, preferences: soup }, 'push', 'mention'],
  ['keyword, old', { preferences: soup, message: { sentAt: old } }, 'digest', 'keyword'],
  ['keyword, muted', { addressee: { mutedUntil: later }, preferences: soup }, 'nothing', 'muted'],
  ['@all, muted', { addressee: { calling: 'all', mutedUntil: later } }, 'nothing', 'muted'],
  ['@all, level nothing', { addressee: { ...silent, calling: 'all' } }, 'nothing', 'level-nothing'],
  ['reply, at night', { addressee: reply, preferences: night }, 'in-app', 'do-not-disturb'],
  ['not called, at night', { preferences: night }, 'nothing', 'not-called'],
  ['not called, no device', { devices: { subscribed: 0 } }, 'nothing', 'not-called'],
  [
    'at night, no device',
    { addressee: mention, preferences: night, devices: { subscribed: 0 } },
    'in-app',
    'do-not-disturb',
  ],
  [
    'old, at night',
    { addressee: mention, preferences: night, message: { sentAt: old } },
    'in-app',
    'do-not-disturb',
  ],
  [
    'level all, several devices',
    { addressee: { level: 'all' }, devices: { subscribed: 3 } },
    'push',
    'level-all',
  ],
  [
    'all at once: the first silence is the reason',
    {
      addressee: { ...silent, mutedUntil: later, readPosition: 7 },
      devices: { ...shown, subscribed: 0 },
      preferences: night,
    },
    'nothing',
    'read',
  ],
]

test.each(table)('%s', (_, told, ...[outcome, reason]) => {
  expect(decide(situationOf(told))).toEqual({ outcome, reason })
})

const situations = fc
  .record({
    senderId: fc.constantFrom(ALICE, BOB),
    calling: fc.constantFrom('direct', 'mention', 'reply', 'all', undefined),
    level: fc.constantFrom('all', 'mentions', 'nothing'),
    mutedFor: fc.option(fc.integer({ min: -1000, max: 1000 })),
    readPosition: fc.integer({ min: 0, max: 9 }),
    doNotDisturb: fc.constantFrom(null, NIGHT),
    keywords: fc.array(fc.constantFrom('soup', 'bread')),
    subscribed: fc.nat(2),
    screen: fc.constantFrom('shows-it', 'elsewhere'),
    age: fc.nat(OLD_AFTER_MS * 2),
  })
  .map(({ mutedFor, senderId, age, doNotDisturb, keywords, subscribed, screen, ...addressee }) =>
    situationOf({
      message: { senderId, sentAt: NOW - age },
      addressee: {
        ...addressee,
        mutedUntil: mutedFor === null ? null : new Date(NOW + mutedFor).toISOString(),
      },
      preferences: { doNotDisturb, keywords },
      devices: { subscribed, screen },
    }),
  )

const isPushed = (decision: Decision) =>
  decision.outcome === 'push' || decision.outcome === 'digest'

describe('whatever else holds', () => {
  test('nobody is told of what is their own, read, on screen, muted or switched off', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { message, addressee, devices, now } = situation
        const isUnwanted =
          message.senderId === addressee.userId ||
          addressee.readPosition >= message.position ||
          devices.screen === 'shows-it' ||
          addressee.level === 'nothing' ||
          Date.parse(addressee.mutedUntil ?? '1970-01-01') > now
        if (isUnwanted) expect(decide(situation).outcome).toBe('nothing')
      }),
    )
  })

  test('a push goes to devices only, in no quiet hours, and says what old news are', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const decision = decide(situation)
        if (!isPushed(decision)) return
        expect(situation.devices.subscribed).toBeGreaterThan(0)
        expect(situation.preferences.doNotDisturb).toBeNull()
        const isOld = situation.now - situation.message.sentAt > OLD_AFTER_MS
        expect(decision.outcome).toBe(isOld ? 'digest' : 'push')
      }),
    )
  })

  test('there is exactly one reason, and it fits the outcome', () => {
    const reasonsOf: Record<Decision['outcome'], string[]> = {
      nothing: ['own', 'read', 'on-screen', 'level-nothing', 'muted', 'not-called'],
      'in-app': ['do-not-disturb', 'no-device'],
      push: ['direct', 'mention', 'reply', 'all', 'keyword', 'level-all'],
      digest: ['direct', 'mention', 'reply', 'all', 'keyword', 'level-all'],
    }
    fc.assert(
      fc.property(situations, (situation) => {
        const decision = decide(situation)
        expect(Object.keys(decision).toSorted()).toEqual(['outcome', 'reason'])
        expect(reasonsOf[decision.outcome]).toContain(decision.reason)
        expect(decide(situation)).toEqual(decision)
      }),
    )
  })

  test('to be called never makes a notification less likely', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { calling: _, ...uncalled } = situation.addressee
        if (!isPushed(decide({ ...situation, addressee: uncalled }))) return
        for (const calling of ['direct', 'mention', 'reply', 'all'] as const)
          expect(isPushed(decide(withAddressee(situation, { calling })))).toBe(true)
      }),
    )
  })

  test('a higher level, the end of a mute, keywords and more devices never lose a push', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        if (!isPushed(decide(situation))) return
        const { preferences, devices } = situation
        for (const more of [
          withAddressee(situation, { level: higherThan[situation.addressee.level] }),
          withAddressee(situation, { mutedUntil: null }),
          { ...situation, preferences: { ...preferences, keywords: ['soup', 'bread'] } },
          { ...situation, devices: { ...devices, subscribed: devices.subscribed + 1 } },
        ])
          expect(isPushed(decide(more))).toBe(true)
      }),
    )
  })

  test('what is told of does not depend on how long ago it was said, only how', () => {
    fc.assert(
      fc.property(situations, fc.nat(OLD_AFTER_MS * 3), (situation, age) => {
        const other = { ...situation, message: { ...situation.message, sentAt: NOW - age } }
        expect(decide(other).reason).toBe(decide(situation).reason)
        expect(isPushed(decide(other))).toBe(isPushed(decide(situation)))
      }),
    )
  })
})

const higherThan = { nothing: 'mentions', mentions: 'all', all: 'all' } as const

const withAddressee = (situation: Situation, more: Partial<Situation['addressee']>): Situation => ({
  ...situation,
  addressee: { ...situation.addressee, ...more },
})
