const DAY_MS = 24 * 3600 * 1000
/** A block of each level is eight of the one below: a day, eight days, 64 and 512. */
const LEVELS = [
  { letter: 'D', days: 1 },
  { letter: 'W', days: 8 },
  { letter: 'M', days: 64 },
  { letter: 'Y', days: 512 },
] as const
const [LARGEST] = LEVELS.toReversed()

/** Of the blocks of time that a message is in: words can be looked up in one of them alone. */
export function timeMarkers(sentAt: Date): string[] {
  const day = dayOf(sentAt)
  return LEVELS.map(({ letter, days }) => `${letter}${Math.floor(day / days)}`)
}

/** The fewest blocks that have all of this time, without overlap, newest first: small ones, then ever larger ones. */
export function blocksBetween(oldest: Date, newest: Date): string[] {
  const blocks: string[] = []
  const first = dayOf(oldest)
  let day = dayOf(newest)
  for (const { letter, days } of LEVELS) {
    // Until a larger block ends here.
    const isWhole = () => (day + 1) % (days * 8) === 0 && days < (LARGEST?.days ?? 0)
    while (day >= first && !isWhole()) {
      blocks.push(`${letter}${Math.floor(day / days)}`)
      day = Math.floor(day / days) * days - 1
    }
  }
  return blocks
}

/** Blocks of one size together, but for the largest: fewer stretches where each look-up is dear. */
export function joinBlocks(blocks: string[]): string[] {
  const stretches = Map.groupBy(blocks, (block) =>
    block.startsWith(LARGEST?.letter ?? '') ? block : block.charAt(0),
  )
  return [...stretches.values()].map((some) => `(${some.join('|')})`)
}

const dayOf = (time: Date) => Math.floor(time.getTime() / DAY_MS)
