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
