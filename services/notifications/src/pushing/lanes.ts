/** So many at once to one push service; the others do not wait for it. */
export const LANE_WIDTH = 64
/** To one that gives no answers, so that many of that kind leave room for those that do. */
const NARROW = 4
const KNOWN_MAX = 1_000

interface Lane {
  underWay: number
  width: number
}

export interface Free {
  origin: string
  free: number
}

/** How much is under way to each push service, by its origin. */
export class Lanes {
  #lanes = new Map<string, Lane>()

  begin(origin: string): void {
    const lane = this.#lanes.get(origin) ?? { underWay: 0, width: LANE_WIDTH }
    lane.underWay++
    this.#lanes.set(origin, lane)
  }

  end(origin: string, end: 'answered' | 'silent'): void {
    const lane = this.#lanes.get(origin)
    if (!lane) return
    lane.underWay--
    lane.width = end === 'answered' ? LANE_WIDTH : NARROW
    const isForgotten = lane.width === LANE_WIDTH || this.#lanes.size > KNOWN_MAX
    if (lane.underWay === 0 && isForgotten) this.#lanes.delete(origin)
  }

  /** Where it is less than the width. */
  free(): Free[] {
    return [...this.#lanes].map(([origin, { underWay, width }]) => ({
      origin,
      free: Math.max(0, width - underWay),
    }))
  }
}
