import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { WebSocket, WebSocketServer } from 'ws'
import type { Frame, Json, JsonObject } from '../recording/recording.ts'

export interface Answered {
  status: number
  answer: Json
}

export interface Heard {
  /** Somebody asks; the answer is told to what this gives. */
  asked(call: string, body: Json): (answered: Answered) => void
  /** A socket has been asked for; what happens on it is told to the answer. */
  socket?(path: string): HeardSocket
}
interface HeardSocket {
  sent(frame: Frame): void
  received(frame: Frame): void
  closed(code: number): void
}

export interface Tap extends AsyncDisposable {
  url: string
}

/** Stands in front of a server, and tells all that is said through it. */
export async function startTap(target: string, heard: Heard): Promise<Tap> {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((asked, answer) => {
    passOn({ target, agent, heard }, asked, answer).catch(() => answer.destroy())
  })
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'chatapp' })
  sockets.on('connection', (near, { url = '', headers }) => {
    const protocols = String(headers['sec-websocket-protocol'] ?? '').split(/, */)
    const far = new WebSocket(target.replace('http', 'ws') + url, protocols)
    if (heard.socket) join(near, far, heard.socket(url))
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
      server.closeAllConnections()
      agent.destroy()
      await once(server, 'close')
    },
  }
}

async function passOn(
  { target, agent, heard }: { target: string; agent: Agent; heard: Heard },
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = asked
  const body = await text(asked)
  const json = (words: string) => (/^[[{]/.test(words) ? JSON.parse(words) : null)
  const answered = heard.asked(`${method} ${url}`, json(body))
  const far = request(target + url, { method, headers, agent })
  far.end(body)
  const [given]: IncomingMessage[] = await once(far, 'response')
  if (!given) throw new Error('there is no answer')
  const said = await text(given)
  const status = given.statusCode ?? 0
  answered({ status, answer: json(said) })
  answer.writeHead(status, given.headers)
  answer.end(said)
}

function join(near: WebSocket, far: WebSocket, heard: HeardSocket): void {
  const opened = once(far, 'open')
  near.on('message', (bytes) => {
    heard.sent(JSON.parse(String(bytes)))
    void opened.then(() => far.send(String(bytes)))
  })
  far.on('message', (bytes) => {
    heard.received(JSON.parse(String(bytes)))
    near.send(String(bytes))
  })
  near.on('close', () => far.close())
  far.on('error', () => near.terminate())
  far.on('close', (code, reason) => {
    heard.closed(code)
    if (code >= 4000) near.close(code, String(reason))
    else near.close()
  })
}

const PUBLISHED = /^\+[\d.]+ \[[^\]]*\] "SPUBLISH" "chatapp:([^"]*)" "(.*)"$/i
const TOPIC = /^(?:conversation|user|presence|focus|sessions|profiles)\b/

/** Hears what any process publishes; sharded channels can't be subscribed to by a pattern. */
export async function tapBus(
  port: number,
  published: (topic: string, event: JsonObject) => void,
): Promise<AsyncDisposable> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('MONITOR\r\n')
  createInterface(socket).on('line', (line) => {
    const [, channel = '', quoted = ''] = PUBLISHED.exec(line) ?? []
    if (!TOPIC.test(channel)) return
    const message = unquote(quoted)
    // Before the JSON stands which process it is.
    const said = JSON.parse(message.slice(message.search(/[[{]/)))
    for (const event of [said].flat()) published(channel, event)
  })
  return {
    async [Symbol.asyncDispose]() {
      socket.destroy()
    },
  }
}

/** As Redis writes strings for people: escapes, and bytes in hexadecimal. */
function unquote(quoted: string): string {
  const bytes = quoted.replaceAll(/\\(?:x([0-9a-f]{2})|(.))/g, (_, byte, character) => {
    if (byte) return String.fromCharCode(Number.parseInt(byte, 16))
    return { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' }[String(character)] ?? character
  })
  return Buffer.from(bytes, 'latin1').toString()
}
