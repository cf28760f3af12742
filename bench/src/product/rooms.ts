import type { Person } from './people.ts'

/** A group of exactly these people; the first one owns it. */
export async function createRoom(title: string, members: Person[]): Promise<string> {
  const [owner, ...others] = members
  if (!owner) throw new Error('a room has at least one member')
  const userIds = others.map((person) => person.id)
  return (await owner.client.conversations.create({ title, userIds })).id
}

/** Rooms of so many people each, none of whom is in two of them. */
export async function createRooms(people: Person[], size: number): Promise<Room[]> {
  const rooms: Room[] = []
  for (let i = 0; i + size <= people.length; i += size) {
    const members = people.slice(i, i + size)
    rooms.push({ id: await createRoom(`Room ${rooms.length + 1}`, members), members })
  }
  return rooms
}

export interface Room {
  id: string
  members: Person[]
}
