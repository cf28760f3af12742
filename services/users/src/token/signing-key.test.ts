import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateSigningKey, parseSigningKeys } from './signing-key.ts'

const pkcs8 = (type: 'ed25519' | 'x25519') =>
  generateKeyPairSync(type as 'ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64')

test('keys are taken as PKCS#8 and as JWKs, one or several, in their order', () => {
  const [one, two] = [pkcs8('ed25519'), pkcs8('ed25519')]
  const kids = (text: string) => parseSigningKeys(text)?.map((key) => key.publicKey.kid)
  const [first, second] = kids(`${one}, ${two}`) ?? []
  expect(first).not.toBe(second)
  expect(kids(one)).toEqual([first])
  expect(kids(two)).toEqual([second])
  const [a, b] = [generateSigningKey(), generateSigningKey()]
  expect(kids(`${a},${b}`)).toEqual([...(kids(a) ?? []), ...(kids(b) ?? [])])
})

test('anything else is refused', () => {
  const own = JSON.parse(generateSigningKey())
  for (const text of [
    '',
    'hello',
    pkcs8('x25519'),
    `${pkcs8('ed25519')},`,
    '{}',
    JSON.stringify({ ...own, d: undefined }),
  ]) {
    expect(parseSigningKeys(text), text).toBeUndefined()
  }
})
