import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listFrames } from '../src/documents/frames.ts'
import { createSchemaCollection } from '../src/documents/json-schema.ts'
import {
  CLOSE,
  ERRORS,
  messagesCalls,
  notificationsCalls,
  PROTOCOL_VERSION,
  problemSchema,
  type Route,
  routes,
  usersCalls,
} from '../src/index.ts'
import * as limits from '../src/limits.ts'
import { WIRE_HASH } from '../src/version.ts'

test('the wire is the one that PROTOCOL_VERSION names', () => {
  const hash = createHash('sha256').update(canonical(describeWire())).digest('hex').slice(0, 32)
  expect(
    hash,
    `The wire differs from that of protocol version ${PROTOCOL_VERSION}. If you did not mean ` +
      'to change a route, a frame, a call, a code or a limit, undo it. If you did: clients and ' +
      'processes of the version before must go on working, so only add; then raise PROTOCOL_VERSION, set ' +
      `WIRE_HASH to '${hash}' in packages/protocol/src/version.ts, run npm run record:wire and ` +
      'say in CHANGELOG.md what is new.',
  ).toBe(WIRE_HASH)
})

test('words about the wire are not the wire', () => {
  const described = { type: 'string', description: 'A title.', enum: ['b', 'a'] }
  expect(canonical({ one: 1, field: described })).toBe(
    canonical({ field: { enum: ['a', 'b'], type: 'string' }, one: 1 }),
  )
  expect(canonical({ properties: { description: {} } })).not.toBe(canonical({ properties: {} }))
})

function describeWire() {
  const schemas = createSchemaCollection({ target: 'draft-2020-12' })
  const described = Object.values<Route>(routes).map((route) => {
    const { id, method, path, auth, errors, upload, download, form } = route
    const input = [route.params, route.query, route.body]
    const answers = Object.entries(route.answers)
    const wire = {
      ...{ method, path, auth, errors, upload, download, form },
      input: input.map((schema) => schema && schemas.add(schema, 'input')),
      answers: answers.map(([status, s]) => [status, s && schemas.add(s, 'output')]),
    }
    return [id, wire]
  })
  const frames = listFrames().map(({ id, types, direction, schema }) => ({
    ...{ id, types, direction },
    schema: schemas.add(schema, direction),
  }))
  const calls = Object.entries({ messagesCalls, notificationsCalls, usersCalls }).map(
    ([service, ofService]) => [service, describeCalls(ofService)],
  )
  const problem = schemas.add(problemSchema, 'output')
  const errors = Object.entries(ERRORS).map(([code, { status, retryable }]) => ({
    ...{ code, status, retryable },
  }))
  const closeCodes = Object.values(CLOSE).map(({ code }) => code)
  const { components } = schemas
  return {
    routes: Object.fromEntries(described),
    frames,
    calls: Object.fromEntries(calls),
    problem,
    components,
    errors,
    closeCodes,
    limits,
  }
}

/** By themselves: of what has a name, routes have another form. */
function describeCalls(calls: Record<string, { args: z.ZodType; answer: z.ZodType }>) {
  const described = Object.entries(calls).map(([name, { args, answer }]) => [
    name,
    [args, answer].map((schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  ])
  return Object.fromEntries(described)
}

/** JSON in one order, without what only people read. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part) => {
    if (key === 'description' && typeof part === 'string') return undefined
    if (typeof part !== 'object' || part === null) return part
    // Lists of words (`required`, `enum`, error codes) are sets.
    if (Array.isArray(part)) return part.every(isWord) ? part.toSorted() : part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

const isWord = (item: unknown) => typeof item === 'string'
