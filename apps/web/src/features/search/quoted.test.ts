import { parseSearch } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { quoted } from './quoted.ts'

function readBack(value: string): unknown {
  const parsed = parseSearch(`in:${quoted(value)}`)
  return parsed.ok ? parsed.query.filters.map((one) => one.kind === 'in' && one.name) : parsed
}

test.each(['Team', 'Team Lunch', 'The "big" one', 'Café «x»', '"a" »b', 'a-b', '-a'])(
  '%s is read as it was written',
  (value) => {
    expect(readBack(value)).toEqual([value])
  },
)

test('there are titles that no quotation marks hold', () => {
  expect(quoted('"a» b」')).toBeUndefined()
})
