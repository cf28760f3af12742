import type { Bench } from '../bench.ts'
import { registerPeople } from '../product/people.ts'
import { createRoom, createRooms, type Room } from '../product/rooms.ts'
import type { Site } from './site.ts'

/** A site with its people, and where they talk. */
export interface Town {
  site: Site
  /** Everybody is in it. */
  hall: Room
  rooms: Room[]
}

export async function settleIn(site: Site, { scale: { split } }: Bench): Promise<Town> {
  const people = await registerPeople(site.url, split.members)
  const hall = { id: await createRoom('Hall', people), members: people }
  return { site, hall, rooms: await createRooms(people, split.membersPerRoom) }
}
