import { once } from 'node:events'
import { createServer } from 'node:http'
import { settle } from '@chatapp/dev-env'
import { createClient, type LiveEvent, type SavedSession } from '@chatapp/sdk'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import {
  type Frame,
  PREVIOUS_VERSION,
  type Recording,
  type RestStep,
  readRecording,
} from '../../src/recording/recording.ts'

const HOUR_MS = 3_600_000

/** Answers Alice as the recorded server did, and tells what it told once she has sent. */
async function startRecorded({ calls, told }: ReturnType<typeof linesOfAlice>) {
  const server = createServer((request, response) => {
    const answers = calls.get(`${request.method} ${request.url}`) ?? []
    // The same question again had another answer, later.
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer?.answer ?? null))
  })
  const [welcome, ...frames] = told
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'chatapp' })
  sockets.on('connection', (socket) => {
    const tell = (frame: Frame) => socket.send(JSON.stringify(frame))
    tell({ ...welcome, type: 'welcome', expiresAt: new Date(Date.now() + HOUR_MS).toISOString() })
    socket.on('message', (bytes) => {
      const { type, clientId }: Frame = JSON.parse(String(bytes))
      if (type === 'message')
        for (const frame of withClientId(frames, String(clientId))) tell(frame)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The client makes its ids anew. */
function withClientId(frames: Frame[], now: string): Frame[] {
  const then = frames.find(({ type }) => type === 'ack')?.clientId
  return frames.map((frame) => (frame.clientId === then ? { ...frame, clientId: now } : frame))
}

function linesOfAlice({ steps }: Recording) {
  const hers = steps.filter((step) => 'by' in step && step.by === 'alice')
  const asked = hers.filter((step): step is RestStep => 'call' in step)
  const told = hers.flatMap((step) =>
    'received' in step && step.line === 1 ? [step.received] : [],
  )
  return { calls: Map.groupBy(asked, ({ call }) => call), told }
}

test('the client of today understands all that a server of the version before says', async () => {
  const alice = linesOfAlice(readRecording(PREVIOUS_VERSION))
  const registered = alice.calls.get('POST /api/users/register')?.[0]?.answer
  await using server = await startRecorded(alice)
  // Of that version, as it came.
  const answered = registered as unknown as SavedSession
  const session = { ...answered, expiresAt: Date.now() + HOUR_MS }
  await using client = createClient({ url: server.url, session })
  const connection = client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  await settle('online', () => connection.state.kind === 'online')
  const ack = alice.told.find(({ type }) => type === 'ack')
  const { settled } = connection.send(String(ack?.conversationId), 'Hello from today')
  expect((await settled).messageId).toBe(ack?.messageId)
  // An error is the answer to one send, and is told as that.
  const told = alice.told.filter(({ type }) => !['welcome', 'ack', 'error'].includes(type))
  const heard = () => new Set<string>(events.map(({ type }) => type))
  await settle('everything is heard', () => told.every(({ type }) => heard().has(type)))
  const texts = events.flatMap((event) =>
    event.type === 'message' && event.message.kind === 'text' ? [event.message.data] : [],
  )
  expect(texts).toEqual(expect.arrayContaining(['Hello from then, @bob', 'Hello back']))
  expect(connection.state.kind).toBe('online')
})
