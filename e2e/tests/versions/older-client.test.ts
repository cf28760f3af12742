import { type Person, rawSocket, settle, startProduct } from '@chatapp/dev-env'
import type { Connection } from '@chatapp/sdk'
import { expect, test } from 'vitest'
import { callPath } from '../wire.ts'
import {
  assertKeeps,
  type CallStep,
  type Frame,
  Ids,
  type Json,
  readRecording,
} from './recording.ts'

test('a client of version 3 gets all that it knows from the server of today', async () => {
  const { steps, bob: bobThen } = readRecording(3)
  await using product = await startProduct()
  const bob = await product.person('bob')
  const bobs = bob.client.connect()
  const ids = new Ids()
  ids.learn(bobThen, bob.session.user.id)
  let token = ''
  const call = async (step: CallStep) => {
    const { call: route, body, status, answer } = step
    const now = ids.translate({ route, body })
    const given = now.body === null ? {} : { body: now.body }
    const answered = await callPath(product.url, now.route, { ...given, ...(token && { token }) })
    expect([route, answered.status]).toEqual([route, status])
    assertKeeps(answer, answered.body || null, { at: route, ids })
    if (route.endsWith('/register')) token = answered.body.accessToken
  }
  const [register, create, ...talk] = steps
  if (!register || !create || !('call' in register) || !('call' in create))
    throw new Error('the recording begins with two calls')
  await call(register)
  await call(create)
  await using socket = rawSocket(product.url, token)
  const seen = new Map<string, number>()
  const receive = async (then: Frame) => {
    await bobDoes(ids.translate(then), bob, bobs)
    const nth = seen.get(then.type) ?? 0
    seen.set(then.type, nth + 1)
    const now = await settle(
      `frame "${then.type}" number ${nth + 1}`,
      () => socket.frames.filter(({ type }) => type === then.type)[nth],
    )
    assertKeeps(then, now as Json, { at: then.type, ids })
  }
  for (const step of talk) {
    if ('call' in step) await call(step)
    else if ('sent' in step) socket.send(ids.translate(step.sent))
    else await receive(step.received)
  }
  expect(seen.size).toBeGreaterThan(8)
})

/** What made the server tell Alice so. */
async function bobDoes(frame: Frame, { client, session }: Person, bobs: Connection): Promise<void> {
  const { type, conversationId, messageId, userId, senderId } = frame
  const [room, message] = [String(conversationId), String(messageId)]
  const ownId = session.user.id
  if (type === 'message' && senderId === ownId)
    await client.messages.send({ conversationId: room, ...textOf(frame) })
  if (type === 'receipt' && userId === ownId && frame.kind === 'read')
    bobs.markRead(room, Number(frame.position))
  if (type === 'typing') bobs.typing(room)
  if (type === 'reaction') await client.messages.react(message, '👍')
  if (type === 'unsent' && senderId === ownId) await client.messages.unsend(message)
}

const textOf = ({ message, replyTo }: Frame) => ({
  data: String(message),
  ...(typeof replyTo === 'string' && { replyTo }),
})
