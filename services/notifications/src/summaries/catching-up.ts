import { GATHER_MS } from './policy.ts'

/** Whether this process is hearing what happened while nobody listened. */
export interface CatchingUp {
  heardLateNews(): void
  /** No summary goes out before: the rest of what it is to tell may be on its way. */
  isOver(): boolean
}

export function createCatchingUp(now: () => number): CatchingUp {
  let heardAt = now()
  return {
    heardLateNews() {
      heardAt = now()
    },
    isOver: () => now() - heardAt >= GATHER_MS,
  }
}
