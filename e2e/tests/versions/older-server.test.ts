import { once } from 'node:events'
import { createServer } from 'node:http'
import { settle } from '@chatapp/dev-env'
import { createClient, type LiveEvent, type SavedSession } from '@chatapp/sdk'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { type Frame, type Json, readRecording, type Step } from './recording.ts'

const HOUR_MS = 3_600_000

/** Answers as the recorded server did, and tells what it told once the client has sent. */
async function startRecorded(steps: Step[]) {
  const calls = new Map(steps.flatMap((step) => ('call' in step ? [[step.call, step]] : [])))
  const server = createServer((request, response) => {
    const { status = 404, answer = null } = calls.get(`${request.method} ${request.url}`) ?? {}
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  })
  const [welcome, ...told] = steps.flatMap((step) => ('received' in step ? [step.received] : []))
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'chatapp' })
  sockets.on('connection', (socket) => {
    const tell = (frame: Frame) => socket.send(JSON.stringify(frame))
    tell({ ...welcome, type: 'welcome', expiresAt: new Date(Date.now() + HOUR_MS).toISOString() })
    socket.on('message', (bytes) => {
      const { type, clientId }: Frame = JSON.parse(String(bytes))
      if (type === 'message') for (const frame of withClientId(told, clientId ?? '')) tell(frame)
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
function withClientId(frames: Frame[], clientId: Json): Frame[] {
  const then = frames.find(({ type }) => type === 'ack')?.clientId
  return frames.map((frame) => (frame.clientId === then && then ? { ...frame, clientId } : frame))
}

test('the client of today understands all that a server of version 3 says', async () => {
  const { steps } = readRecording(3)
  const register = steps.find((step) => 'call' in step)
  if (!register || !('call' in register)) throw new Error('nobody registered')
  await using server = await startRecorded(steps)
  // Of that version, as it came.
  const answered = register.answer as unknown as SavedSession
  const session = { ...answered, expiresAt: Date.now() + HOUR_MS }
  await using client = createClient({ url: server.url, session })
  const connection = client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  await settle('online', () => connection.state.kind === 'online')
  const frames = steps.flatMap((step) => ('received' in step ? [step.received] : []))
  const ack = frames.find(({ type }) => type === 'ack')
  const { settled } = connection.send(String(ack?.conversationId), 'hello from version 3')
  expect((await settled).messageId).toBe(ack?.messageId)
  const told = frames.filter(({ type }) => type !== 'welcome').map(({ type }) => type)
  const heard = () => new Set<string>(events.map(({ type }) => type))
  await settle('everything is heard', () => told.every((type) => heard().has(type)))
  const texts = events.flatMap((event) =>
    event.type === 'message' && event.message.kind === 'text' ? [event.message.data] : [],
  )
  expect(texts).toEqual(['hello from version 3', 'hello back'])
  expect(connection.state.kind).toBe('online')
})
