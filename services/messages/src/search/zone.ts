import type { Period } from '@chatapp/protocol'

/** The first moment of a period and the first one after it, by the clocks of a time zone. */
export function boundsOf(period: Period, zone: string, now: number): { start: Date; end: Date } {
  if (period.kind === 'relative') {
    const { year, month, day } = dateAt(now, zone)
    const from = [year, month, day - period.daysAgo] as const
    return { start: midnight(from, zone), end: midnight([from[0], from[1], from[2] + 1], zone) }
  }
  const { year, month, day } = period
  const start = midnight([year, month ?? 1, day ?? 1], zone)
  if (month === null) return { start, end: midnight([year + 1, 1, 1], zone) }
  if (day === null) return { start, end: midnight([year, month + 1, 1], zone) }
  return { start, end: midnight([year, month, day + 1], zone) }
}

const DAY_MS = 24 * 3600 * 1000

/**
 * Days and months beyond their ends run over, as in `Date`. Where clocks are changed at midnight it
 * comes twice or not at all: the first moment is the earlier one, or the one of the change.
 */
function midnight([year, month, day]: readonly [number, number, number], zone: string): Date {
  const wanted = Date.UTC(year, month - 1, day)
  const moments = [wanted - DAY_MS, wanted + DAY_MS]
    .map((nearby) => wanted - offsetAt(nearby, zone))
    .sort((a, b) => a - b)
  const first = moments.find((moment) => moment + offsetAt(moment, zone) >= wanted)
  return new Date(first ?? wanted)
}

/** How much the clocks of the zone are ahead of UTC, in milliseconds. */
function offsetAt(time: number, zone: string): number {
  const { year, month, day, hour, minute, second } = dateAt(time, zone)
  const whole = Math.floor(time / 1000) * 1000
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

function dateAt(time: number, zone: string): Record<Part, number> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = format.formatToParts(time).map(({ type, value }) => [type, Number(value)])
  return Object.fromEntries(parts) as Record<Part, number>
}
