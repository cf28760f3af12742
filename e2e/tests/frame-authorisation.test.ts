import {
  type Cast,
  cast,
  type Person,
  type Product,
  type RawSocket,
  rawSocket,
  settle,
  startProduct,
} from '@chatapp/dev-env'
import type { inboundFrameSchema } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene, type Scene } from './scene.ts'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const tokenOf = (person: Person) => person.session.accessToken
const idOf = (person: Person) => person.session.user.id

type FrameType = (typeof inboundFrameSchema.options)[number]['shape']['type'] extends infer T
  ? T extends { value: infer V }
    ? V
    : 'read' | 'delivered'
  : never
type FrameRow = { frame: (scene: Scene) => object; forOutsiders: string; forMembers: string }

/** The type of the answer, or the code of the error. */
const FRAMES: Record<FrameType, FrameRow> = {
  message: {
    frame: (s) => ({ conversationId: s.id, data: 'hi', clientId: 'c' }),
    forOutsiders: 'not-found',
    forMembers: 'ack',
  },
  typing: {
    frame: (s) => ({ conversationId: s.id }),
    forOutsiders: 'not-found',
    forMembers: 'nothing',
  },
  read: {
    frame: (s) => ({ conversationId: s.id, position: 4 }),
    forOutsiders: 'not-found',
    forMembers: 'receipt',
  },
  delivered: {
    frame: (s) => ({ conversationId: s.id, position: 4 }),
    forOutsiders: 'not-found',
    forMembers: 'receipt',
  },
  sync: {
    frame: (s) => ({ conversations: { [s.id]: 0 } }),
    forOutsiders: 'synced',
    forMembers: 'synced',
  },
  watch: { frame: () => ({ userIds: [] }), forOutsiders: 'nothing', forMembers: 'nothing' },
  focus: {
    frame: (s) => ({ conversationId: s.id }),
    forOutsiders: 'nothing',
    forMembers: 'nothing',
  },
  authenticate: {
    frame: () => ({ accessToken: 'none' }),
    forOutsiders: 'unauthenticated',
    forMembers: 'unauthenticated',
  },
  ping: { frame: () => ({}), forOutsiders: 'pong', forMembers: 'pong' },
}

test.each(Object.entries(FRAMES))(
  'the frame "%s" answers outsiders and members what they may have',
  async (type, row) => {
    for (const [expected, persons] of [
      [row.forOutsiders, [people.dan, people.carol]],
      [row.forMembers, [people.bob, people.alice]],
    ] as const) {
      for (const person of persons) {
        const room = await openScene(people)
        await using socket = rawSocket(product.url, tokenOf(person))
        await socket.next('welcome')
        socket.send({ type, ...row.frame(room) })
        expect(await answerTo(socket, type)).toBe(expected)
      }
    }
  },
)

/** Whatever was answered before the pong of a ping sent some time after; receipts are gathered first. */
async function answerTo(socket: RawSocket, type: string): Promise<string> {
  const isAnswer = (frame: { type: string }) =>
    !['welcome', 'message', 'presence'].includes(frame.type)
  const answer = () => socket.frames.find(isAnswer)
  const waitMs = ['typing', 'watch', 'focus'].includes(type) ? 300 : 3_000
  const frame = await settle('an answer', answer, waitMs).catch(() => undefined)
  if (!frame) return 'nothing'
  return frame.type === 'error' ? frame.code : frame.type
}

test('anonymous sockets are refused', async () => {
  expect(await rawSocket(product.url).closed).toBe(1006)
  expect(await rawSocket(product.url, 'not.a.token').closed).toBe(1006)
})

test('a removed member sees the frame of the removal as the last one of the group', async () => {
  const { alice, bob, dan } = people
  const room = await alice.client.conversations.create({
    title: 'Room',
    userIds: [idOf(bob), idOf(dan)],
  })
  await using socket = rawSocket(product.url, tokenOf(bob))
  await using witness = rawSocket(product.url, tokenOf(dan))
  await Promise.all([socket.next('welcome'), witness.next('welcome')])
  await alice.client.conversations.remove(room.id, idOf(bob))
  await socket.next('participant', (frame) => frame.participants.some((p) => p.left))
  await alice.client.messages.send({ conversationId: room.id, data: 'secret' })
  await witness.next('message', (frame) => frame.message === 'secret')
  socket.send({ type: 'ping' })
  await socket.next('pong')
  const ofRoom = socket.frames.filter((frame) => JSON.stringify(frame).includes(room.id))
  expect(ofRoom.map((frame) => frame.type)).toEqual(['participant'])
})
