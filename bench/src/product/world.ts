import { type Bench, serverCores } from '../bench.ts'
import type { Options } from '../options.ts'
import { CORRESPONDENTS } from '../search/correspondents.ts'
import { type Person, registerPeople } from './people.ts'
import { startProduct } from './product.ts'
import { createRoom, createRooms, type Room } from './rooms.ts'

/** Everybody and every room that the workloads need, made before anything is measured. */
export interface World {
  people: Person[]
  hotRoom: Room
  rooms: Room[]
  /** One with few messages and one with many. */
  archives: [short: Room, long: Room]
  /** Who talk in what is searched; nobody where nothing is. */
  correspondents: Person[]
}

/** Both cores help here: nothing of this is measured. */
export async function createWorld(bench: Bench): Promise<World> {
  const { directory, cores, progress } = bench
  progress.say('Starting ChatApp with an empty database')
  const anywhere = cores.all === '' ? undefined : cores.all
  const product = await startProduct({ directory, cores: anywhere, profile: false })
  try {
    const count = countPeople(bench)
    progress.say(`Registering ${count} people`)
    const people = await registerPeople(product.url, count)
    progress.say('Creating their rooms')
    return await createAllRooms(bench, people)
  } finally {
    await product[Symbol.asyncDispose]()
  }
}

async function createAllRooms({ scale, options }: Bench, people: Person[]): Promise<World> {
  const members = people.slice(0, scale.hotMembers)
  const hotRoom = { id: await createRoom('Hot room', members), members }
  const inRooms = people.slice(0, scale.rooms * scale.membersPerRoom)
  const [rooms, [short, long]] = [
    await createRooms(inRooms, scale.membersPerRoom),
    await createRooms(people.slice(-4), 2),
  ]
  if (!short || !long) throw new Error('there are too few people for the archives')
  const correspondents = people.slice(people.length - 4 - talkers(options), -4)
  return { people, hotRoom, rooms, archives: [short, long], correspondents }
}

/** The last four are in no room but their archive, so that their lists are equally long. */
function countPeople({ options, scale }: Bench): number {
  const { only } = options
  const inRooms = Math.max(scale.hotMembers, scale.rooms * scale.membersPerRoom)
  const others = talkers(options) + 4
  const areRoomsNeeded = (['A', 'B', 'D', 'floors', 'search'] as const).some((part) =>
    only.has(part),
  )
  if (areRoomsNeeded) return inRooms + others
  return only.has('C') ? scale.idlePeople + others : others
}

const talkers = ({ only }: Options) => (only.has('search') ? CORRESPONDENTS : 0)

export const startPinned = (bench: Bench) =>
  startProduct({
    directory: bench.directory,
    cores: serverCores(bench),
    profile: bench.options.profile,
  })
