import { type Cast, cast, type Product, startProduct } from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertProblem, callPath, type Request } from './wire.ts'

let product: Product
let people: Cast
beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

test('unknown paths, methods and media types get their problem document', async () => {
  const token = people.alice.session.accessToken
  const cases: [string, Request, number, string][] = [
    ['GET /api/nothing', {}, 401, 'unauthenticated'],
    ['GET /api/nothing', { token }, 404, 'not-found'],
    ['GET /nothing', {}, 404, 'not-found'],
    ['DELETE /api/messages/send', { token }, 405, 'method-not-allowed'],
    ['PATCH /api/user', { token }, 405, 'method-not-allowed'],
    ['GET /api/users/login', {}, 405, 'method-not-allowed'],
    [
      'POST /api/users/login',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported-media-type',
    ],
    ['POST /api/users/login', { body: '{"username":' }, 400, 'invalid'],
    [
      'POST /api/users/login',
      { body: '{"__proto__":{"a":1},"username":"a","password":"b"}' },
      400,
      'invalid',
    ],
    [
      'POST /api/users/login',
      { body: JSON.stringify({ username: 'x'.repeat(70_000) }) },
      413,
      'too-large',
    ],
    ['GET /api/messages/%E0%A4%A', { token }, 400, 'invalid'],
    ['GET /api/user?x=1', { token }, 400, 'invalid'],
  ]
  for (const [call, request, status, code] of cases) {
    const answer = await callPath(product.url, call, request)
    expect([call, answer.status, answer.body.code]).toEqual([call, status, code])
    assertProblem(answer)
  }
})
