import { type Batcher, createBatcher, type Outcome } from '../batcher.ts'

interface LanesOptions<In, Out> {
  lanes: number
  maxBatch: number
  maxWaiting: number
  /** Of one origin nothing may overtake what came before. */
  originOf(item: In): string
  /** What shares this is best dealt with in one place. */
  placeOf(item: In): string
  run(items: In[], lane: number): Promise<Outcome<Out>[]>
}

/**
 * Batches side by side, one under way in each lane. A lane is chosen by the place; but while
 * something of an origin is under way, more of that origin follows it.
 */
export function createLanes<In, Out>(
  options: LanesOptions<In, Out>,
): Pick<Batcher<In, Out>, 'add'> {
  const lanes = Array.from({ length: options.lanes }, (_, lane) =>
    createBatcher<In, Out>({
      maxBatch: options.maxBatch,
      maxWaiting: options.maxWaiting,
      run: (items) => options.run(items, lane),
    }),
  )
  const underWay = new Map<string, { lane: Batcher<In, Out>; count: number }>()
  return {
    async add(item) {
      const origin = options.originOf(item)
      const way = underWay.get(origin) ?? { lane: laneOf(options.placeOf(item)), count: 0 }
      underWay.set(origin, way)
      way.count++
      try {
        return await way.lane.add(item)
      } finally {
        way.count--
        if (way.count === 0) underWay.delete(origin)
      }
    },
  }
  function laneOf(place: string): Batcher<In, Out> {
    const lane = lanes[hashOf(place) % lanes.length]
    if (!lane) throw new Error('there are no lanes')
    return lane
  }
}

/** FNV-1a: the same in every process, so that all gateways prefer the same target for a place. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash
}
