/** Times in the person's language and zone. `now` is given, so that whole lists agree on it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: string, name: keyof typeof OPTIONS): Intl.DateTimeFormat {
  const key = `${language} ${name}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(regional(language), OPTIONS[name])
  formats.set(key, known)
  return known
}

/** English is written with 14:32 in London and with 2:32 PM in Boston; the browser knows where. */
function regional(language: string): string {
  return navigator.languages.find((known) => known.startsWith(`${language}-`)) ?? language
}

const OPTIONS = {
  clock: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  dateWithYear: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayWithYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const DAY_MS = 86_400_000
const WEEK_DAYS = 7

/** 14:32 */
export function clockTime(iso: string, language: string): string {
  return format(language, 'clock').format(new Date(iso))
}

/** 14:32, and 2:32 for 2:32 PM: where there is little room, beside times that say it all. */
export function shortTime(iso: string, language: string): string {
  const parts = format(language, 'clock').formatToParts(new Date(iso))
  return parts
    .filter(({ type }) => type !== 'dayPeriod')
    .map(({ value }) => value)
    .join('')
    .trim()
}

/** 14:32 today, Tue this week, 12 Nov this year, 12 Nov 2024 before. */
export function listTime(iso: string, language: string, now: Date): string {
  const at = new Date(iso)
  const days = daysBetween(at, now)
  if (days <= 0) return clockTime(iso, language)
  if (days < WEEK_DAYS) return format(language, 'weekday').format(at)
  const isThisYear = at.getFullYear() === now.getFullYear()
  return format(language, isThisYear ? 'date' : 'dateWithYear').format(at)
}

/** `today`, `yesterday`, or the date with its weekday. */
export function dayOf(iso: string, language: string, now: Date): 'today' | 'yesterday' | string {
  const at = new Date(iso)
  const days = daysBetween(at, now)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  const isThisYear = at.getFullYear() === now.getFullYear()
  return format(language, isThisYear ? 'day' : 'dayWithYear').format(at)
}

/** For the title of a time: everything, to the second. */
export function exactTime(iso: string, language: string): string {
  return format(language, 'exact').format(new Date(iso))
}

/** Calendar days, not spans of 24 hours. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY_MS)
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
