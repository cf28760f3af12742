import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../driver/client.ts'
import { Fleet } from '../driver/fleet.ts'
import { Publisher } from '../driver/publisher.ts'
import type { Room } from '../product/rooms.ts'
import { type Cpu, less, type Site, since, sumOf } from './site.ts'

const QUIET_WITHIN_MS = 20_000

export interface SpreadOptions {
  site: Site
  rooms: Room[]
  /** The members of each room are on so many of the gateways, in turn. */
  gateways: number
  /** The first ones of each room. */
  publishers: number
}

export interface Stretch {
  seconds: number
  acks: number
  messages: number
  cpu: Cpu
}

/** What was taken beyond what is taken when nothing is to do. */
export const beyond = (idle: Stretch, { cpu, seconds }: Stretch): Cpu =>
  less(cpu, idle.cpu, seconds / idle.seconds)

interface SpreadRoom {
  members: Client[]
  publishers: Publisher[]
}

/** Rooms whose members are connected to different gateways. */
export class SpreadRooms implements Disposable {
  readonly #site: Site
  readonly #fleets: Fleet[]
  readonly #rooms: SpreadRoom[]

  private constructor(site: Site, fleets: Fleet[], rooms: SpreadRoom[]) {
    this.#site = site
    this.#fleets = fleets
    this.#rooms = rooms
  }

  static async open({ site, rooms, gateways, publishers }: SpreadOptions): Promise<SpreadRooms> {
    const fleets = site.gateways.slice(0, gateways).map((address) => new Fleet(address))
    const opened = await Promise.all(
      fleets.map((fleet, nth) =>
        fleet.open(
          rooms.flatMap((room) =>
            room.members.flatMap(({ token }, i) => (i % fleets.length === nth ? [token] : [])),
          ),
        ),
      ),
    )
    const live = rooms.map(({ id, members }): SpreadRoom => {
      const here = members.flatMap((_, i) => opened[i % fleets.length]?.shift() ?? [])
      const talking = here.slice(0, publishers).map((client) => new Publisher(client, id))
      return { members: here, publishers: talking }
    })
    return new SpreadRooms(site, fleets, live)
  }

  get publishers(): Publisher[] {
    return this.#rooms.flatMap((room) => room.publishers)
  }

  /** Of the last member of each room, who is not at the gateway of the first. */
  get farMembers(): Client[] {
    return this.#rooms.flatMap((room) => room.members.at(-1) ?? [])
  }

  start(window: number): void {
    for (const publisher of this.publishers) publisher.start(window)
  }

  sample(seconds: number): Promise<Stretch> {
    return this.during(() => sleep(seconds * 1000))
  }

  async during(work: () => Promise<unknown>): Promise<Stretch> {
    const before = this.#look()
    await work()
    const after = this.#look()
    return {
      seconds: after.seconds - before.seconds,
      acks: after.acks - before.acks,
      messages: after.messages - before.messages,
      cpu: since(before.cpu, after.cpu),
    }
  }

  /** How many rooms lost, doubled or reordered something. */
  async finish(): Promise<number> {
    for (const publisher of this.publishers) publisher.stop()
    const end = performance.now() + QUIET_WITHIN_MS
    while (!this.#rooms.every(isQuiet) && performance.now() < end) await sleep(20)
    for (const fleet of this.#fleets) fleet.assertHappy()
    return this.#rooms.filter((room) => !isExact(room)).length
  }

  [Symbol.dispose](): void {
    for (const fleet of this.#fleets) fleet.close()
  }

  #look() {
    return {
      seconds: performance.now() / 1000,
      acks: sumOf(this.#fleets, ({ totals }) => totals.acks),
      messages: sumOf(this.#fleets, ({ totals }) => totals.messages),
      cpu: this.#site.cpu(),
    }
  }
}

const acknowledged = (room: SpreadRoom) => sumOf(room.publishers, ({ client }) => client.acks)

const isQuiet = (room: SpreadRoom) =>
  room.publishers.every((publisher) => publisher.isAnswered) &&
  room.members.every((client) => client.messages >= acknowledged(room))

const isExact = (room: SpreadRoom) =>
  room.members.every((client) => {
    return client.messages === acknowledged(room) && client.outOfOrder === 0
  })
