import { hasRedis, rawSocket, settle, startProduct, startRedis } from '@chatapp/dev-env'
import { PROTOCOL_VERSION } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import {
  type BusStep,
  type Json,
  type JsonObject,
  PREVIOUS_VERSION,
  type Recording,
  readRecording,
} from '../../src/recording/recording.ts'
import { assertTaken, getParser, Ids } from './compare.ts'

const before = readRecording(PREVIOUS_VERSION)
const today = readRecording(PROTOCOL_VERSION)

/** As long as the name of a process in front of each message. */
const PROCESS_OF_THEN = 'of--then'

const publishedBy = ({ steps }: Recording) =>
  steps.filter((step): step is BusStep => 'topic' in step)
const kindOf = ({ topic, event }: BusStep) =>
  `${topic.replace(/:.*/, '')} ${event.type} ${frameIn(event)?.type ?? ''}`

function frameIn({ json }: JsonObject): JsonObject | undefined {
  return typeof json === 'string' ? JSON.parse(json) : undefined
}

function idOf({ steps }: Recording, username: string): string {
  for (const step of steps)
    if ('call' in step && step.by === username && step.call.endsWith('/register'))
      // The answer to registering has the user, at every version.
      return (step.answer as { user: { id: string } }).user.id
  throw new Error(`${username} did not register`)
}

test.skipIf(!hasRedis())(
  'a gateway of today tells its sockets what services of the version before publish',
  async () => {
    await using redis = await startRedis()
    await using product = await startProduct({ shape: 'whole', env: { REDIS_URL: redis.url } })
    const [alice, bob] = [await product.person('alice'), await product.person('bob')]
    const group = await alice.client.conversations.create({ title: 'The team', userIds: [] })
    await using socket = rawSocket(product.url, alice.session.accessToken)
    await socket.next('welcome')
    const ids = new Ids()
    for (const { username, session } of [alice, bob])
      ids.learn(idOf(before, username), session.user.id)
    let { version } = group
    const tell = async ({ topic, event }: BusStep) => {
      const ofLog = event.type === 'frame' &&
        topic.startsWith('conversation') && { version: ++version }
      const here = { conversationId: group.id, ...ofLog }
      const frame = { ...ids.translate(frameIn(event)), ...here }
      const said = { ...ids.translate(event), ...here, json: JSON.stringify(frame) }
      const channel = ids.translate(topic).replace(/^conversation:.*/, `conversation:${group.id}`)
      redis.cli('SPUBLISH', `chatapp:${channel}`, PROCESS_OF_THEN + JSON.stringify(said))
      await settle(`"${kindOf({ topic, event })}" is told`, () =>
        socket.frames.some((told) => JSON.stringify(told) === said.json),
      )
    }
    const published = publishedBy(before).filter(({ event }) => 'json' in event)
    for (const step of published) await tell(step)
    expect(new Set(published.map(kindOf)).size).toBeGreaterThan(8)
    const ended = publishedBy(before).find(({ topic }) => topic === 'sessions')
    const { sessionId } = await socket.next('welcome')
    const said = { ...ids.translate(ended?.event ?? {}), sessionId }
    redis.cli('SPUBLISH', 'chatapp:sessions', PROCESS_OF_THEN + JSON.stringify(said))
    expect(await socket.closed).toBe(4401)
  },
)

test('what is published today has all that processes of the version before read', () => {
  const now = Map.groupBy(publishedBy(today), kindOf)
  for (const step of publishedBy(before)) {
    const kind = kindOf(step)
    // What is there only at times (who is to see something else) has a message of its own shape.
    const same = now.get(kind)?.find(({ event }) => isAtLeast(event, step.event))
    expect(same, `${kind} like ${JSON.stringify(step.event)}`).toBeDefined()
  }
})

test('frames that are published today are taken by clients of the version before', () => {
  const parser = getParser(before, 'server says')
  const frames = publishedBy(today).flatMap(({ event }) => frameIn(event) ?? [])
  for (const frame of frames) assertTaken(parser, frame)
  expect(frames.length).toBeGreaterThan(8)
})

/** Every field of the one is in the other, and of its kind; null may have become something. */
function isAtLeast(now: Json | undefined, then: Json | undefined): boolean {
  if (then === null || then === undefined) return true
  if (typeof then !== 'object' || typeof now !== 'object' || now === null)
    return typeof now === typeof then
  if (Array.isArray(then) || Array.isArray(now))
    return Array.isArray(then) && Array.isArray(now) && isAtLeast(now[0] ?? then[0], then[0])
  return Object.entries(then).every(([key, value]) => {
    if (key === 'json') return isAtLeast(frameIn(now), frameIn(then))
    return isAtLeast(now[key] ?? null, value)
  })
}
