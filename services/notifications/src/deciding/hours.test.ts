import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithinHours } from './hours.ts'
import { namesKeyword } from './keywords.ts'

const at = (time: string) => Date.parse(`2026-07-01T${time}:00Z`)

test('hours include their first minute and not their last, over midnight as well', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'UTC' }
  for (const time of ['22:00', '23:59', '00:00', '06:59'])
    expect(isWithinHours(night, at(time))).toBe(true)
  for (const time of ['07:00', '12:00', '21:59']) expect(isWithinHours(night, at(time))).toBe(false)
  const noon = { from: '12:00', to: '13:00', timeZone: 'UTC' }
  expect(['11:59', '12:00', '12:59', '13:00'].map((time) => isWithinHours(noon, at(time)))).toEqual(
    [false, true, true, false],
  )
})

test('hours are those of the time zone, summer time included', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }
  expect(isWithinHours(night, at('20:00'))).toBe(true)
  expect(isWithinHours(night, Date.parse('2026-01-01T20:00:00Z'))).toBe(false)
})

test('in the night in which an hour is left out, quiet hours end by the clock there', () => {
  const night = { from: '22:00', to: '03:00', timeZone: 'Europe/Berlin' }
  // At 01:00 UTC it is 03:00 there, a minute after 01:59.
  expect(isWithinHours(night, Date.parse('2026-03-29T00:59:59Z'))).toBe(true)
  expect(isWithinHours(night, Date.parse('2026-03-29T01:00:00Z'))).toBe(false)
  const leftOut = { from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' }
  for (let minute = 0; minute < 120; minute++)
    expect(isWithinHours(leftOut, Date.parse('2026-03-29T00:00:00Z') + minute * 60_000)).toBe(false)
})

test('in the night in which an hour comes twice, quiet hours hold both times', () => {
  const twice = { from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' }
  const minutes = Array.from({ length: 240 }, (_, minute) =>
    isWithinHours(twice, Date.parse('2026-10-24T23:00:00Z') + minute * 60_000),
  )
  expect(minutes.filter(Boolean)).toHaveLength(120)
  expect(minutes.indexOf(true)).toBe(60)
})

test('hours and their opposite share no moment and leave none out, in whatever zone', () => {
  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'))
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns']
  const hours = fc.record({ from: clock, to: clock, timeZone: fc.constantFrom(...zones) })
  const moment = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') })
  fc.assert(
    fc.property(hours, moment, ({ from, to, timeZone }, now) => {
      fc.pre(from !== to)
      const isQuiet = isWithinHours({ from, to, timeZone }, now)
      expect(isWithinHours({ from: to, to: from, timeZone }, now)).toBe(!isQuiet)
    }),
  )
})

test('hours from a time to the same time are none', () => {
  const none = { from: '22:00', to: '22:00', timeZone: 'UTC' }
  for (const time of ['21:59', '22:00', '22:01']) expect(isWithinHours(none, at(time))).toBe(false)
})

test('keywords are whole words, in any case and script', () => {
  for (const [text, keyword, isNamed] of [
    ['We deploy now', 'Deploy', true],
    ['redeploy', 'deploy', false],
    ['redeploy, then deploy!', 'deploy', true],
    ['deployed', 'deploy', false],
    ['the big release is near', 'big release', true],
    ['Grüße aus KÖLN.', 'köln', true],
    ['c++ is old', 'c++', true],
    ['', 'x', false],
  ] as const)
    expect(namesKeyword(text, [keyword]), `${keyword} in ${text}`).toBe(isNamed)
})
