import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../driver/client.ts'
import { Fleet } from '../driver/fleet.ts'
import { Publisher } from '../driver/publisher.ts'
import type { Check } from '../findings.ts'
import { databaseProcesses } from '../product/database.ts'
import type { Room } from '../product/rooms.ts'
import type { Running } from '../stage.ts'
import { type Sample, takeSample } from './sample.ts'

const QUIET_WITHIN_MS = 20_000

interface LiveRoom {
  id: string
  members: Client[]
  publishers: Publisher[]
  storedBefore: number
}

/** Rooms whose members are connected; the first ones of each publish. */
export class LiveRooms implements Disposable {
  readonly fleet: Fleet
  readonly #stage: Running
  readonly #rooms: LiveRoom[]

  private constructor(stage: Running, fleet: Fleet, rooms: LiveRoom[]) {
    this.#stage = stage
    this.fleet = fleet
    this.#rooms = rooms
  }

  static async open(stage: Running, rooms: Room[], publishers: number): Promise<LiveRooms> {
    const fleet = new Fleet(stage.product.address)
    const tokens = rooms.flatMap((room) => room.members.map((person) => person.token))
    const clients = await fleet.open(tokens)
    const stored = await countStored(stage, rooms)
    let next = 0
    const live = rooms.map(({ id, members }): LiveRoom => {
      const here = clients.slice(next, next + members.length)
      next += members.length
      return {
        id,
        members: here,
        publishers: here.slice(0, publishers).map((client) => new Publisher(client, id)),
        storedBefore: stored.get(id) ?? 0,
      }
    })
    return new LiveRooms(stage, fleet, live)
  }

  get publishers(): Publisher[] {
    return this.#rooms.flatMap((room) => room.publishers)
  }

  start(window: number): void {
    for (const publisher of this.publishers) publisher.start(window)
  }

  async warmUp(): Promise<void> {
    await sleep(this.#stage.bench.scale.warmUpSeconds * 1000)
  }

  sample(seconds: number): Promise<Sample> {
    const { product, bench } = this.#stage
    const database = () => databaseProcesses(product.directory)
    const { totals } = this.fleet
    return takeSample({ totals, server: product.pid, database, core: bench.cores.server }, seconds)
  }

  /** Ends sending and compares, for each member, what was acknowledged, delivered and stored. */
  async finish(part: string): Promise<Check> {
    for (const publisher of this.publishers) publisher.stop()
    const end = performance.now() + QUIET_WITHIN_MS
    while (!this.#isQuiet() && performance.now() < end) await sleep(20)
    this.fleet.assertHappy()
    const stored = await countStored(this.#stage, this.#rooms)
    const wrong = this.#rooms.filter((room) => !isComplete(room, stored.get(room.id) ?? 0))
    const acks = sum(this.#rooms.map(acknowledged))
    const { messages } = this.fleet.totals
    const written = sum(this.#rooms.map((r) => (stored.get(r.id) ?? 0) - r.storedBefore))
    return {
      part,
      what: 'nothing lost, doubled, out of order or refused',
      isMet: wrong.length === 0,
      found: `${acks} acknowledged, ${written} stored, ${messages} delivered; rooms with faults: ${wrong.length}`,
    }
  }

  [Symbol.dispose](): void {
    this.fleet.close()
  }

  #isQuiet(): boolean {
    return this.#rooms.every((room) => {
      const acks = acknowledged(room)
      const isAnswered = room.publishers.every((publisher) => publisher.isAnswered)
      return isAnswered && room.members.every((client) => client.messages >= acks)
    })
  }
}

function isComplete(room: LiveRoom, stored: number): boolean {
  const acks = acknowledged(room)
  const isExact = (client: Client) => client.messages === acks && client.outOfOrder === 0
  return stored - room.storedBefore === acks && room.members.every(isExact)
}

const acknowledged = (room: LiveRoom) =>
  sum(room.publishers.map((publisher) => publisher.client.acks))

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

async function countStored(
  { sql }: Running,
  rooms: { id: string }[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }[]>`
    select conversation_id as id, count(*)::int as count from messages.messages
    where conversation_id = any(${rooms.map((room) => room.id)}::uuid[]) and kind = 'text'
    group by conversation_id`
  return new Map(rows.map((row) => [row.id, row.count]))
}
