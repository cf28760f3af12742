import type { Person } from '../product/people.ts'
import type { Room } from '../product/rooms.ts'
import type { Progress } from '../progress.ts'

export interface WebOptions {
  only: ReadonlySet<string>
  seconds: number
  profile: boolean
}

/** A product with rooms for every part. */
export interface WebStage {
  url: string
  progress: Progress
  options: WebOptions
  /** Who looks at the page. */
  reader: Person
  others: Person[]
  rooms: { flood: Room; long: Room; middling: Room }
}
