import { expect, test } from 'vitest'
import { boundsOf } from './zone.ts'

const day = (year: number, month: number | null, of: number | null) =>
  ({ kind: 'calendar', year, month, day: of }) as const
const iso = ({ start, end }: { start: Date; end: Date }) => [start.toISOString(), end.toISOString()]

test('a day starts and ends with the clocks of its zone', () => {
  expect(iso(boundsOf(day(2026, 1, 31), 'UTC', 0))).toEqual([
    '2026-01-31T00:00:00.000Z',
    '2026-02-01T00:00:00.000Z',
  ])
  expect(iso(boundsOf(day(2026, 7, 1), 'Asia/Kolkata', 0))).toEqual([
    '2026-06-30T18:30:00.000Z',
    '2026-07-01T18:30:00.000Z',
  ])
})

test('the days of a change of clocks have 23 and 25 hours', () => {
  expect(iso(boundsOf(day(2026, 3, 29), 'Europe/Berlin', 0))).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ])
  expect(iso(boundsOf(day(2026, 10, 25), 'Europe/Berlin', 0))).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ])
})

test.each([
  {
    zone: 'America/Santiago',
    on: day(2026, 9, 6),
    bounds: ['2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  },
  {
    zone: 'America/Santiago',
    on: day(2026, 4, 4),
    bounds: ['2026-04-04T03:00:00.000Z', '2026-04-05T04:00:00.000Z'],
  },
  {
    zone: 'America/Havana',
    on: day(2024, 11, 3),
    bounds: ['2024-11-03T04:00:00.000Z', '2024-11-04T05:00:00.000Z'],
  },
  {
    zone: 'Africa/Cairo',
    on: day(2024, 4, 26),
    bounds: ['2024-04-25T22:00:00.000Z', '2024-04-26T21:00:00.000Z'],
  },
  {
    zone: 'Pacific/Apia',
    on: day(2011, 12, 29),
    bounds: ['2011-12-29T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
  },
  {
    zone: 'Pacific/Apia',
    on: day(2011, 12, 31),
    bounds: ['2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z'],
  },
])('where midnight is left out or comes twice: $zone, $on.month', ({ zone, on, bounds }) => {
  expect(iso(boundsOf(on, zone, 0))).toEqual(bounds)
})

test('months and years are as long as they are', () => {
  expect(iso(boundsOf(day(2028, 2, null), 'UTC', 0))).toEqual([
    '2028-02-01T00:00:00.000Z',
    '2028-03-01T00:00:00.000Z',
  ])
  expect(iso(boundsOf(day(2026, null, null), 'America/New_York', 0))).toEqual([
    '2026-01-01T05:00:00.000Z',
    '2027-01-01T05:00:00.000Z',
  ])
})

test('yesterday is the day before today where the caller is', () => {
  const now = Date.parse('2026-03-01T02:00:00Z')
  expect(iso(boundsOf({ kind: 'relative', daysAgo: 1 }, 'America/New_York', now))).toEqual([
    '2026-02-27T05:00:00.000Z',
    '2026-02-28T05:00:00.000Z',
  ])
})
