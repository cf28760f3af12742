import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'

// The least that fan-out can cost in Node: it gathers so many sends, writes one prepared buffer to
// every socket, and knows neither people nor rooms nor a database.

const [framesPerTurn = 1, frameBytes = 0] = process.argv.slice(2).map(Number)
const frame = textFrame('{"type":"message"', frameBytes)
const ack = textFrame('{"type":"ack"', 230)
const shared = Buffer.concat(Array.from({ length: framesPerTurn }, () => frame))
const sockets = new Set<Socket>()
const waiting: Socket[] = []

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: false,
  clientTracking: false,
})
server.on('connection', (ws, { socket }) => {
  sockets.add(socket)
  socket.write(textFrame('{"type":"welcome"', 20))
  ws.on('message', () => {
    waiting.push(socket)
    if (waiting.length === framesPerTurn) setImmediate(flush)
  })
  ws.on('error', () => {})
  ws.on('close', () => sockets.delete(socket))
})
server.on('listening', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`listening at ${address?.port}`)
})

function flush(): void {
  const senders = new Set(waiting.splice(0, framesPerTurn))
  if (waiting.length >= framesPerTurn) setImmediate(flush)
  for (const socket of sockets)
    socket.write(senders.has(socket) ? Buffer.concat([shared, ack]) : shared)
}

/** Unmasked, and with its header as long as asked for. */
function textFrame(start: string, bytes: number): Buffer {
  const payload = `${start},"_":"${'-'.repeat(Math.max(0, bytes - start.length - 12))}"}`
  const { length } = payload
  const header = Buffer.alloc(length < 126 ? 2 : 4)
  header[0] = 0x81
  header[1] = length < 126 ? length : 126
  if (length >= 126) header.writeUInt16BE(length, 2)
  return Buffer.concat([header, Buffer.from(payload)])
}
