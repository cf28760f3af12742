import { type Bench, serverCores } from '../bench.ts'
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

async function createAllRooms({ scale }: Bench, people: Person[]): Promise<World> {
  const members = people.slice(0, scale.hotMembers)
  const hotRoom = { id: await createRoom('Hot room', members), members }
  const inRooms = people.slice(0, scale.rooms * scale.membersPerRoom)
  const [rooms, [short, long]] = [
    await createRooms(inRooms, scale.membersPerRoom),
    await createRooms(people.slice(-4), 2),
  ]
  if (!short || !long) throw new Error('there are too few people for the archives')
  return { people, hotRoom, rooms, archives: [short, long] }
}

/** Those of the archives. */
const OTHERS = 4

/** The last four are in no room but their archive, so that their lists are equally long. */
function countPeople({ options, scale }: Bench): number {
  const { only } = options
  const inRooms = Math.max(scale.hotMembers, scale.rooms * scale.membersPerRoom)
  if ((['A', 'B', 'D', 'floors'] as const).some((part) => only.has(part))) return inRooms + OTHERS
  return only.has('C') ? scale.idlePeople + OTHERS : OTHERS
}

export const startPinned = (bench: Bench) =>
  startProduct({
    directory: bench.directory,
    cores: serverCores(bench),
    profile: bench.options.profile,
  })
