import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, serverCores } from '../bench.ts'
import { connectTo, loginTo } from '../product/database.ts'
import { type Account, registerPeople } from '../product/people.ts'
import { type Product, startProduct } from '../product/product.ts'
import { createRooms, type Room } from '../product/rooms.ts'
import { bringTogether, CORRESPONDENTS, SEED } from './correspondents.ts'
import { type Stored, storeCorpus } from './store-corpus.ts'

/** Who talk in what is searched, what they said, and where others send meanwhile. */
export interface Town {
  /** By an earlier run. */
  isKept: boolean
  messages: number
  correspondents: Account[]
  rooms: { id: string; members: Account[] }[]
  stored: Stored
}

const NEEDLES = 1_200
const MEMBERS_OF_A_ROOM = 2
const fileIn = (directory: string) => join(directory, 'bench-search.json')

/** The one that an earlier run kept, or else a new one; the product takes it in with its next start. */
export async function settleTown(bench: Bench): Promise<Town> {
  const kept = await readFile(fileIn(bench.directory), 'utf8').catch(() => undefined)
  const town: Town | undefined = kept === undefined ? undefined : JSON.parse(kept)
  if (town === undefined) return found(bench)
  if (town.messages === bench.options.messages) return { ...town, isKept: true }
  throw new Error(
    `${bench.directory} has ${town.messages} messages: ask for these, or name another`,
  )
}

async function found(bench: Bench): Promise<Town> {
  const { options, scale, progress } = bench
  progress.say('Search: starting ChatApp with an empty database')
  await mkdir(bench.directory, { recursive: true })
  await using product = await startAnywhere(bench)
  const people = await registerPeople(product.url, CORRESPONDENTS, 'search')
  const senders = await registerPeople(product.url, scale.rooms * MEMBERS_OF_A_ROOM, 'sender')
  const rooms = await createRooms(senders, MEMBERS_OF_A_ROOM)
  const sql = connectTo(await loginTo(bench.directory))
  try {
    progress.say(`Search: storing ${options.messages.toLocaleString('en')} messages`)
    const corpus = { seed: SEED, messages: options.messages, needles: NEEDLES, until: new Date() }
    const stored = await storeCorpus({ sql, progress }, bringTogether(people), corpus)
    const town = {
      isKept: false,
      messages: options.messages,
      correspondents: people.map(toAccount),
      rooms: rooms.map(toRoom),
      stored,
    }
    await writeFile(fileIn(bench.directory), JSON.stringify(town))
    return town
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const toAccount = ({ id, username }: Account): Account => ({ id, username })
const toRoom = ({ id, members }: Room) => ({ id, members: members.map(toAccount) })

/** On all cores: what takes longest is not what is measured. */
export function startAnywhere(bench: Bench, env: Record<string, string> = {}): Promise<Product> {
  const { directory, cores } = bench
  return startProduct({ directory, cores: cores.all || undefined, profile: false, env })
}

export function startPinned(bench: Bench, env: Record<string, string>): Promise<Product> {
  const { directory, options } = bench
  return startProduct({ directory, cores: serverCores(bench), profile: options.profile, env })
}
