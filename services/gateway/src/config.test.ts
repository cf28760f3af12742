import { StartError } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { readGatewayConfig } from './config.ts'

test('without variables the defaults hold', () => {
  expect(readGatewayConfig({})).toEqual({
    port: 8080,
    host: '0.0.0.0',
    publicUrl: undefined,
    allowedOrigins: [],
    rateLimits: true,
    trustedProxies: [],
  })
})

test('variables are read', () => {
  const config = readGatewayConfig({
    PORT: '9000',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://chat.example.org/',
    ALLOWED_ORIGINS: 'https://a.example.org, http://localhost:5173/',
    RATE_LIMITS: 'off',
    TRUSTED_PROXIES: 'loopback, 10.0.0.0/8',
  })
  expect(config).toEqual({
    port: 9000,
    host: '127.0.0.1',
    publicUrl: 'https://chat.example.org',
    allowedOrigins: ['https://a.example.org', 'http://localhost:5173'],
    rateLimits: false,
    trustedProxies: ['loopback', '10.0.0.0/8'],
  })
})

test.each([
  { PORT: '70000' },
  { PUBLIC_URL: 'chat.example.org' },
  { ALLOWED_ORIGINS: 'https://a.example.org/path' },
  { ALLOWED_ORIGINS: '*' },
  { RATE_LIMITS: 'perhaps' },
  { TRUSTED_PROXIES: 'the proxy' },
])('%o is refused by name', (env) => {
  const [name = ''] = Object.keys(env)
  expect(() => readGatewayConfig(env)).toThrow(StartError)
  expect(() => readGatewayConfig(env)).toThrow(name)
})
