import { expect, test } from 'vitest'
import { dayOf, listTime, shortTime } from './time.ts'

const now = new Date(2026, 10, 22, 16, 0)
const at = (...[month, day, hour = 12, year = 2026]: number[]) =>
  new Date(year ?? 2026, (month ?? 1) - 1, day, hour).toISOString()

test('the list tells the time today, then the weekday, then the date, then the year', () => {
  expect(listTime(at(11, 22, 9), 'en-GB', now)).toBe('9:00')
  expect(listTime(at(11, 21, 23), 'en-GB', now)).toBe('Sat')
  expect(listTime(at(11, 3), 'en-GB', now)).toBe('3 Nov')
  expect(listTime(at(11, 3, 12, 2024), 'de', now)).toBe('3. Nov. 2024')
})

test('the short time leaves out the half of the day', () => {
  expect(shortTime(at(11, 22, 14), 'en-US')).toBe('2:00')
  expect(shortTime(at(11, 22, 14), 'de')).toBe('14:00')
})

test('days are days of the calendar, not spans of 24 hours', () => {
  expect(dayOf(at(11, 22, 0), 'en', now)).toBe('today')
  expect(dayOf(at(11, 21, 23), 'en', now)).toBe('yesterday')
  expect(dayOf(at(11, 20), 'en-GB', now)).toBe('Friday 20 November')
})
