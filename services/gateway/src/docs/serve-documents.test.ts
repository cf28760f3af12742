import { createAsyncApiDocument, createOpenApiDocument, routes } from '@chatapp/protocol'
import { createHttpServer, createLogger, type HttpServer } from '@chatapp/service-kit'
import { afterAll, expect, test } from 'vitest'
import { html } from './html.ts'
import { serveDocuments } from './serve-documents.ts'

const info = { version: '1.2.3' }
const app = serve()
afterAll(() => app.close())

test('the documents are those of the protocol', async () => {
  expect((await app.inject('/openapi.json')).json()).toEqual(createOpenApiDocument(info))
  expect((await app.inject('/asyncapi.json/')).json()).toEqual(createAsyncApiDocument(info))
})

test.each(['/docs', '/openapi.json', '/asyncapi.json'])('%s is sent once', async (url) => {
  const { headers } = await app.inject(url)
  const again = { 'if-none-match': `"other", W/${headers.etag}` }
  const unchanged = await app.inject({ url, headers: again })
  expect([unchanged.statusCode, unchanged.body]).toEqual([304, ''])
  expect((await app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
})

test('other methods are refused', async () => {
  const answer = await app.inject({ method: 'POST', url: '/docs', payload: { a: 1 } })
  expect(answer.statusCode).toBe(405)
  expect(answer.headers.allow).toBe('GET, HEAD')
})

test('the page has every route and frame, and all its links lead somewhere', async () => {
  const { body } = await app.inject('/docs')
  const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(expect.arrayContaining(Object.keys(routes)))
  const { messages } = createAsyncApiDocument(info).components
  expect(ids).toEqual(expect.arrayContaining(Object.keys(messages)))
  const links = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !ids.includes(id))).toEqual([])
})

test('the page runs nothing and loads nothing', async () => {
  const { body, headers } = await app.inject('/docs')
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(body).not.toMatch(/<script|<img|<iframe|@import|url\(|\ssrc=|\sstyle=|\son\w+=/)
})

test('values in the page are escaped', () => {
  expect(html`<b>${'<i>"&\''}</b>`.text).toBe('<b>&#60;i&#62;&#34;&#38;&#39;</b>')
  expect(html`${[html`<i>`, false, undefined, 7]}`.text).toBe('<i>7')
})

function serve(): HttpServer {
  const tokens = { verify: () => Promise.reject(new Error('no token is looked at')) }
  const server = createHttpServer({
    log: createLogger('silent'),
    tokens: { ...tokens, start: async () => {}, [Symbol.asyncDispose]: async () => {} },
  })
  serveDocuments(server, info)
  return server
}
