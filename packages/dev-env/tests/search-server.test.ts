import { describe, expect, test } from 'vitest'
import { searchEngines, startSearchServer, whyNoSearchServer } from '../src/index.ts'

const reason = whyNoSearchServer()
if (reason) console.log(`No search server is tried: ${reason}.`)

const START_TWICE_MS = 300_000

describe.skipIf(reason)('a search server', () => {
  test.for(searchEngines)(
    'of %s keeps over a crash what it was given',
    { timeout: START_TWICE_MS },
    async (engine) => {
      await using server = await startSearchServer(engine)
      const ask = async (path: string, init: RequestInit = {}) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(`${server.url}${path}`, { headers, ...init })).json()
      }
      const { version } = await ask('/')
      expect(version.distribution ?? 'elasticsearch').toBe(engine)

      const body = JSON.stringify({ text: 'hello' })
      await ask('/notes/_doc/1?refresh=true', { method: 'PUT', body })
      await server.crash()
      await expect(fetch(server.url)).rejects.toThrow()
      await server.restart()
      const found = await ask('/notes/_search?q=text:hello')
      expect(found.hits.hits[0]._source).toEqual({ text: 'hello' })
    },
  )
})
