import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { PostgresTarget } from '@chatapp/service-kit'

export interface StatementTap extends AsyncDisposable {
  /** The way to the same database, through the tap. */
  target: PostgresTarget
  /** The texts of all statements since the last call, each once. */
  take(): string[]
}

/** Passes everything on between a service and its database, and reads the statements on the way. */
export async function tapStatements({ socket }: PostgresTarget): Promise<StatementTap> {
  if (!socket) throw new Error('the test server listens at a socket')
  let texts = new Set<string>()
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(`${socket.host}/.s.PGSQL.${socket.port}`)
    const read = createReader((text) => texts.add(text))
    client.on('data', read)
    client.pipe(upstream).pipe(client)
    for (const end of [client, upstream]) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => open.delete(end))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    target: { socket: { ...socket, host: '127.0.0.1', port } },
    take() {
      const taken = [...texts]
      texts = new Set()
      return taken
    },
    async [Symbol.asyncDispose]() {
      for (const end of open) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Of the messages of a client, Parse and Query have a statement's text. */
function createReader(onText: (text: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  // The first message, which names user and database, has no type before its length.
  let typeLength = 0
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      if (rest.length < typeLength + 4) return
      const end = typeLength + rest.readInt32BE(typeLength)
      if (rest.length < end) return
      const type = typeLength === 0 ? '' : String.fromCharCode(rest[0] ?? 0)
      const strings = rest
        .subarray(typeLength + 4, end)
        .toString()
        .split('\0')
      if (type === 'P') onText(strings[1] ?? '')
      if (type === 'Q') onText(strings[0] ?? '')
      rest = rest.subarray(end)
      typeLength = 1
    }
  }
}
