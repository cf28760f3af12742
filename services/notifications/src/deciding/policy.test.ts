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

  test('to be called never makes a notification less likely', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { calling: _, ...uncalled } = situation.addressee
        if (!isPushed(decide({ ...situation, addressee: uncalled }))) return
        const called = {
          ...situation,
          addressee: { ...situation.addressee, calling: 'mention' as const },
        }
        expect(isPushed(decide(called))).toBe(true)
      }),
    )
  })
})
