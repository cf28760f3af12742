/** A day, a month or a year of the calendar: `2026-01-31`, `2026-01`, `2026`; or a day by its distance. */
export type Period =
  | { kind: 'calendar'; year: number; month: number | null; day: number | null }
  | { kind: 'relative'; daysAgo: number }

const CALENDAR = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/
const DAYS_AGO = /^(\d{1,4})d$/
const NAMED: Record<string, number> = { today: 0, yesterday: 1 }

export const PERIOD_FORMS = '2026-01-31, 2026-01, 2026, today, yesterday or 7d (seven days ago)'

/** Undefined for what is no period. */
export function readPeriod(text: string): Period | undefined {
  const lower = text.toLowerCase()
  const named = NAMED[lower]
  if (named !== undefined) return { kind: 'relative', daysAgo: named }
  const ago = DAYS_AGO.exec(lower)?.[1]
  if (ago !== undefined) return { kind: 'relative', daysAgo: Number(ago) }
  return readCalendar(text)
}

function readCalendar(text: string): Period | undefined {
  const match = CALENDAR.exec(text)
  if (!match) return undefined
  const [year = 0, month, day] = match.slice(1).map((part) => (part ? Number(part) : undefined))
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1))
  const isReal =
    year > 0 &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() + 1 === (month ?? 1) &&
    date.getUTCDate() === (day ?? 1)
  return isReal ? { kind: 'calendar', year, month: month ?? null, day: day ?? null } : undefined
}
