import { expect, test } from 'vitest'
import { check } from './check.ts'
import type { Entry, PromiseName, Seen, Stored } from './journal.ts'

const HERE = { conversationId: 'room' }

/** Alice sends two messages to Bob, who reads the first; Carol was removed after the first. */
function goodRun(): { journal: Entry[]; stored: Stored } {
  const seen = (position: number): Seen => ({
    ...{ id: `id${position}`, position, senderId: 'alice' },
    ...{ clientId: `c${position}`, data: `walrus ${position}` },
  })
  const whole = [seen(1), seen(2)]
  const sends = whole.flatMap(({ id, position, clientId, data }): Entry[] => [
    { who: 'alice', kind: 'sent', ...HERE, clientId, data: data ?? '' },
    { who: 'alice', kind: 'acked', ...HERE, clientId, messageId: id, position },
  ])
  const journal: Entry[] = [
    ...sends,
    ...whole.map((message): Entry => ({ who: 'alice', kind: 'received', ...HERE, message })),
    { who: 'bob', kind: 'received', ...HERE, message: seen(1) },
    { who: 'bob', kind: 'paged', ...HERE, messages: [seen(2)] },
    { who: 'carol', kind: 'received', ...HERE, message: seen(1) },
    { who: 'bob', kind: 'history', ...HERE, messages: whole },
    { who: 'alice', kind: 'receipt', ...HERE, userId: 'bob', of: 'read', position: 1 },
    { who: 'bob', kind: 'counted', ...HERE, unread: 1, readPosition: 1 },
    { who: 'bob', kind: 'searched', word: 'walrus', messageIds: ['id2', 'id1'] },
    { who: 'carol', kind: 'searched', word: 'walrus', messageIds: [] },
  ]
  const member = { ...HERE, joined: 0, left: null, delivered: 2 }
  const stored: Stored = {
    conversations: [{ id: 'room', lastPosition: 2 }],
    messages: whole.map(({ position, senderId, clientId, data }) => ({
      ...{ ...HERE, position, version: position, senderId, clientId, data },
      ...{ kind: 'text', isUnsent: false },
    })),
    participants: [
      { ...member, userId: 'alice', read: 2 },
      { ...member, userId: 'bob', read: 1 },
      { ...member, userId: 'carol', left: 1, delivered: 1, read: 0 },
    ],
    advances: [{ ...HERE, userId: 'bob', of: 'read', from: 0, to: 1 }],
  }
  return { journal, stored }
}

type Run = ReturnType<typeof goodRun>

const entry = <K extends Entry['kind']>({ journal }: Run, who: string, kind: K) => {
  const found = journal.find(
    (one): one is Extract<Entry, { kind: K }> => one.who === who && one.kind === kind,
  )
  if (!found) throw new Error(`${who} has ${kind} nothing`)
  return found
}

const first = <T>(items: T[]): T => {
  const [item] = items
  if (!item) throw new Error('there is none')
  return item
}

test('a run in which everything went well has no violations', () => {
  const { journal, stored } = goodRun()
  expect(check(journal, stored)).toEqual([])
})

const spoiled: [string, PromiseName, (run: Run) => void][] = [
  ['an acknowledged message is lost', 'P1', (run) => void run.stored.messages.pop()],
  [
    'a text is stored otherwise',
    'P1',
    ({ stored }) => void Object.assign(first(stored.messages), { data: 'else' }),
  ],
  [
    'a message is stored twice',
    'P2',
    ({ stored }) => {
      stored.messages.push({ ...first(stored.messages), position: 3, version: 3 })
      first(stored.conversations).lastPosition = 3
    },
  ],
  [
    'nobody sent what is stored',
    'P2',
    ({ stored }) => void Object.assign(first(stored.messages), { clientId: 'unheard of' }),
  ],
  [
    'a retry gets another answer',
    'P2',
    (run) => void run.journal.push({ ...entry(run, 'alice', 'acked'), messageId: 'another' }),
  ],
  [
    'something is delivered twice',
    'P2',
    (run) => void run.journal.push(entry(run, 'bob', 'received')),
  ],
  [
    'the order turns round',
    'P3',
    (run) => {
      run.journal.reverse()
    },
  ],
  [
    'there is a gap',
    'P3',
    ({ stored }) => void Object.assign(first(stored.messages), { position: 9 }),
  ],
  [
    'a position is two messages',
    'P3',
    (run) => void Object.assign(entry(run, 'bob', 'received').message, { id: 'another' }),
  ],
  [
    'a member misses something',
    'P4',
    (run) => {
      run.journal = run.journal.filter((one) => one.who !== 'alice' || one.kind !== 'received')
    },
  ],
  ['history is not whole', 'P5', (run) => void entry(run, 'bob', 'history').messages.splice(0, 1)],
  [
    'search does not find',
    'P6',
    (run) => void entry(run, 'bob', 'searched').messageIds.splice(0, 1),
  ],
  [
    'a watermark is past the end',
    'P7',
    ({ stored }) => void Object.assign(first(stored.participants), { read: 3 }),
  ],
  [
    'a watermark sinks',
    'P7',
    ({ stored }) => void Object.assign(first(stored.advances), { to: 2 }),
  ],
  [
    'a receipt is invented',
    'P7',
    (run) => void Object.assign(entry(run, 'alice', 'receipt'), { position: 2 }),
  ],
  [
    'unread is not a recount',
    'P7',
    (run) => void Object.assign(entry(run, 'bob', 'counted'), { unread: 2 }),
  ],
  [
    'a removed member goes on hearing',
    'P8',
    (run) => {
      const { message } = entry(run, 'bob', 'received')
      const later = { ...message, id: 'id2', position: 2, clientId: 'c2', data: 'walrus 2' }
      run.journal.push({ who: 'carol', kind: 'received', ...HERE, message: later })
    },
  ],
  [
    'a removed member finds',
    'P8',
    (run) => void entry(run, 'carol', 'searched').messageIds.push('id1'),
  ],
]

test.each(spoiled)('the checker notices when %s', (what, promise, spoil) => {
  const run = goodRun()
  spoil(run)
  expect(
    check(run.journal, run.stored).map((one) => one.promise),
    what,
  ).toContain(promise)
})
