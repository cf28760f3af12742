import type { NotificationPreferences } from '@chatapp/protocol'

type Hours = NonNullable<NotificationPreferences['doNotDisturb']>

const clocks = new Map<string, Intl.DateTimeFormat>()

/** From the first minute up to the last, by the clock there; the end may be on the next day. */
export function isWithinHours({ from, to, timeZone }: Hours, now: number): boolean {
  const time = clockOf(timeZone).format(now)
  return from <= to ? from <= time && time < to : from <= time || time < to
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  // In British English a day begins at 00:00, not at 24:00.
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(timeZone, made)
  return made
}
