import { type Cluster, settle } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { check } from '../../src/checker/check.ts'
import type { Entry, Violation } from '../../src/checker/journal.ts'
import { seeded } from './random.ts'
import { readStored } from './stored.ts'
import { Witness } from './witness.ts'

const PASSWORD = 'a pass phrase for tests'
/** So many sends of each are under way. */
const WINDOW = 4
/** The promise is a minute; a loaded machine is slow to bring processes up. */
const HEALED_WITHIN_MS = 90_000
/** So many of each person's sends are to be acknowledged before, and again after the fault. */
const ENOUGH = 30

/** Alice at the first gateway, Bob at the second, Carol and Dan at the balancer. */
export class Crowd implements AsyncDisposable {
  readonly people: Witness[]
  readonly #cluster: Cluster

  private constructor(cluster: Cluster, people: Witness[]) {
    this.#cluster = cluster
    this.people = people
  }

  static async gather(cluster: Cluster): Promise<Crowd> {
    const [first = '', second = ''] = cluster.urls
    const at = { alice: first, bob: second, carol: cluster.url, dan: cluster.url }
    const people: Witness[] = []
    for (const [username, url] of Object.entries(at)) {
      const client = createClient({ url })
      await client.users.register({ username, password: PASSWORD })
      people.push(new Witness(client))
    }
    const crowd = new Crowd(cluster, people)
    await crowd.#allOnline()
    return crowd
  }

  /** A burst with the fault in its middle; resolves to what the checker finds wrong. */
  async endure(fault: Fault): Promise<Violation[]> {
    const [alice, bob, carol, dan] = this.people
    if (!alice || !bob || !carol || !dan) throw new Error('somebody is missing')
    const ids = (...people: Witness[]) => people.map((one) => one.id)
    for (const one of this.people) one.journal.length = 0
    const create = (title: string, userIds: string[]) =>
      alice.client.conversations.create({ title, userIds })
    const plans = await create(`Plans, ${fault.name}`, ids(bob, carol))
    const news = await create(`News, ${fault.name}`, ids(bob, carol, dan))
    const pair = await create(`Two, ${fault.name}`, ids(bob))
    const rooms = [plans.id, news.id, pair.id]
    const talks = [
      new Talk(alice, rooms, fault),
      new Talk(bob, rooms, fault),
      new Talk(carol, [plans.id, news.id], fault),
    ]
    const more = async (what: string, who = talks) => {
      const goals = who.map((talk) => talk.witness.acks + ENOUGH)
      const isReached = () => who.every((talk, i) => talk.witness.acks >= (goals[i] ?? 0))
      await settle(`sends go on ${what}`, isReached, HEALED_WITHIN_MS)
    }
    const named = (who: number[] | undefined) => talks.filter((_, i) => who?.includes(i) ?? true)
    try {
      await more('before the fault')
      const removed = remove(alice, news.id, dan.id)
      await fault.run({ cluster: this.#cluster, more: (who) => more(fault.name, named(who)) })
      await this.#allOnline()
      if ((await removed) === 'unsure') await remove(alice, news.id, dan.id)
      await more('after the fault')
    } finally {
      for (const talk of talks) talk.stop()
    }
    for (const talk of talks) await talk.ended()
    return this.#judge(rooms, fault.word)
  }

  async #judge(rooms: string[], word: string): Promise<Violation[]> {
    const { database } = this.#cluster
    const before = await readStored(database, rooms)
    const lasts = new Map(before.conversations.map((one) => [one.id, one.lastPosition]))
    const members = before.participants.filter(({ left }) => left === null)
    const roomsOf = ({ id }: Witness) =>
      members.flatMap((one) => (one.userId === id ? [one.conversationId] : []))
    for (const one of this.people)
      await settle(
        'everything has arrived',
        () => roomsOf(one).every((id) => one.knows(id, lasts.get(id) ?? 0)),
        HEALED_WITHIN_MS,
      )
    for (const one of this.people) {
      const hits = before.messages.filter(
        (m) => roomsOf(one).includes(m.conversationId) && m.data?.split(' ').includes(word),
      )
      const isFound = async () => (await one.find(word, rooms)).length >= hits.length
      await settle('everything can be found', isFound, HEALED_WITHIN_MS)
      await one.lookBack(roomsOf(one))
      await one.search(word, rooms)
    }
    // Receipts of the burst before may still come in this one.
    const isOfRooms = (entry: Entry) =>
      !('conversationId' in entry) || rooms.includes(entry.conversationId)
    const journal = this.people.flatMap((one) => one.journal).filter(isOfRooms)
    return check(journal, await readStored(database, rooms))
  }

  #allOnline(): Promise<unknown> {
    const isOnline = (one: Witness) => one.connection.state.kind === 'online'
    return settle('everybody is online', () => this.people.every(isOnline), HEALED_WITHIN_MS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.people) await one[Symbol.asyncDispose]()
  }
}

/** The answer may be lost in the fault, or the request. */
function remove(by: Witness, roomId: string, userId: string): Promise<'removed' | 'unsure'> {
  return by.client.conversations.remove(roomId, userId).then(
    () => 'removed',
    () => 'unsure',
  )
}

export interface Fault {
  name: string
  seed: number
  /** Of this burst only; some of its texts have it. */
  word: string
  run(scene: Scene): Promise<void>
}

export interface Scene {
  cluster: Cluster
  /** Until more is acknowledged: of everybody, or of those named by their place in the cast. */
  more(who?: number[]): Promise<void>
}

/** One person who goes on sending until told to end, as the seed says. */
class Talk {
  readonly witness: Witness
  readonly #rooms: string[]
  readonly #word: string
  readonly #random: () => number
  readonly #senders: Promise<void>[]
  #state: 'talking' | 'ending' = 'talking'
  #said = 0

  constructor(witness: Witness, rooms: string[], { seed, word }: Fault) {
    this.witness = witness
    this.#rooms = rooms
    this.#word = word
    this.#random = seeded(seed + witness.id.charCodeAt(witness.id.length - 1))
    this.#senders = Array.from({ length: WINDOW }, () => this.#send())
    // `ended` tells; a test that has failed before does not come to it.
    for (const sender of this.#senders) sender.catch(() => undefined)
  }

  stop(): void {
    this.#state = 'ending'
  }

  /** When all that was under way is acknowledged; rejects with what failed. */
  async ended(): Promise<void> {
    await Promise.all(this.#senders)
  }

  async #send(): Promise<void> {
    while (this.#state === 'talking') {
      const room = this.#rooms[Math.floor(this.#random() * this.#rooms.length)] ?? ''
      const word = this.#random() < 0.1 ? this.#word : 'hello'
      await this.witness.send(room, `${word} ${++this.#said}`)
      if (this.#random() < 0.1) this.#read(room)
      await breathe()
    }
  }

  #read(room: string): void {
    const position = this.witness.connection.known()[room]?.position ?? 0
    if (position > 0) this.witness.connection.markRead(room, position)
  }
}

/** Lets others have the machine: the burst is to be long, not heavy. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 20))
