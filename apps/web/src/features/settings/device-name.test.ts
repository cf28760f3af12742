import { expect, test } from 'vitest'
import { deviceName } from './device-name.ts'

test('a device is called by its browser and its system', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  const safari =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
  expect(deviceName(chrome)).toEqual({ browser: 'Chrome', system: 'Linux' })
  expect(deviceName(`${chrome} Edg/140.0`)).toEqual({ browser: 'Edge', system: 'Linux' })
  expect(deviceName(safari)).toEqual({ browser: 'Safari', system: 'iPhone' })
})

test('a program is called as it calls itself, and nothing is unknown', () => {
  expect(deviceName('curl/8.5.0')).toEqual({ program: 'curl' })
  expect(deviceName('node')).toEqual({ program: 'node' })
  expect(deviceName(null)).toBeNull()
})
