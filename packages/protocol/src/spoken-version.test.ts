import { expect, test } from 'vitest'
import { ACCEPTED, spokenVersion } from './spoken-version.ts'
import { PROTOCOL_VERSION } from './version.ts'

test('a client says which version of the wire it knows', () => {
  expect(spokenVersion(ACCEPTED)).toBe(PROTOCOL_VERSION)
  expect(spokenVersion('application/json; wire=20, text/html')).toBe(20)
})

test('who says nothing of it, or something else, knows no version in particular', () => {
  for (const accept of [undefined, '*/*', 'application/json', 'application/json;wire=', 'wire=3'])
    expect(spokenVersion(accept)).toBe(0)
})
