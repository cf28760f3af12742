import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncCursors } from '@chatapp/protocol'
import { backOffMs } from '@chatapp/sdk'
import { Client, type Totals } from '../driver/client.ts'
import { maskedFrame, TEXT } from '../driver/masked-frame.ts'
import type { Person } from '../product/people.ts'
import type { Room } from '../product/rooms.ts'
import { type Cpu, type Site, since } from './site.ts'

/** So many try at a time: more only wait in the kernel. */
const OPENING = 400
const TRIES_MAX = 20
/** Changes that came while they were away. */
const MISSED = 10

export interface Storm {
  sockets: number
  seconds: number
  retries: number
  bytesBefore: number
  bytesPeak: number
  cpu: Cpu
}

/** Everybody is connected, loses the connection at once, comes back and asks what they missed. */
export async function makeStorm(site: Site, room: Room, sockets: number): Promise<Storm> {
  const tries = { count: 0 }
  const known = await Promise.all(room.members.map((member) => cursorsOf(member, room)))
  const comeback: Comeback = { room, sockets, known, tries }
  const first = await connectAll(site, comeback)
  const [before, bytesBefore] = [site.cpu(), site.gatewayBytes()]
  let bytesPeak = bytesBefore
  const watch = setInterval(() => {
    bytesPeak = Math.max(bytesPeak, site.gatewayBytes())
  }, 250)
  const start = performance.now()
  tries.count = 0
  for (const client of first) client.close()
  const again = await connectAll(site, comeback)
  const seconds = (performance.now() - start) / 1000
  clearInterval(watch)
  for (const client of again) client.close()
  const cpu = since(before, site.cpu())
  return { sockets, seconds, retries: tries.count - sockets, bytesBefore, bytesPeak, cpu }
}

interface Comeback {
  room: Room
  sockets: number
  /** Of each member. */
  known: SyncCursors[]
  tries: { count: number }
}

/** All of their conversations, as the SDK names them, and less of the room than there is. */
async function cursorsOf({ client }: Person, room: Room): Promise<SyncCursors> {
  const { items } = await client.conversations.list()
  const known = Object.fromEntries(items.map(({ id, version }) => [id, version]))
  return { ...known, [room.id]: Math.max(0, (known[room.id] ?? 0) - MISSED) }
}

async function connectAll(site: Site, comeback: Comeback): Promise<Client[]> {
  const clients: Client[] = []
  let next = 0
  const some = async () => {
    for (let i = next++; i < comeback.sockets; i = next++)
      clients.push(await connectOne(site, i, comeback))
  }
  await Promise.all(Array.from({ length: OPENING }, some))
  return clients
}

/** Resolves once it knows what it missed; a refusal is tried again later, as the SDK does. */
async function connectOne(
  site: Site,
  i: number,
  { room, known, tries }: Comeback,
): Promise<Client> {
  const address = site.gateways[i % 2]
  const token = room.members[i % room.members.length]?.token
  if (!address || !token) throw new Error('there is nobody, or nowhere to go')
  for (let attempt = 1; ; attempt++) {
    tries.count++
    const totals: Totals = { messages: 0, acks: 0, bytes: 0, reads: 0 }
    const client = new Client({ address, token, totals, order: 'ignored' })
    try {
      await client.welcomed
      await synced(client, known[i % room.members.length] ?? {})
      return client
    } catch (error) {
      client.close()
      if (attempt === TRIES_MAX) throw error
      await sleep(backOffMs(attempt, Math.random))
    }
  }
}

function synced(client: Client, conversations: SyncCursors): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  client.onSynced = resolve
  client.onEnd = (why) => reject(new Error(why))
  const frame = { type: 'sync', conversations }
  client.send(maskedFrame(TEXT, Buffer.from(JSON.stringify(frame))))
  return promise
}
