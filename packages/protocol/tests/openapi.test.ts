import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createOpenApiDocument, ERRORS, type Route, routes } from '../src/index.ts'

const document = createOpenApiDocument({ version: '1.2.3' })
const operationOf = (route: Route) => document.paths[route.path]?.[route.method.toLowerCase()]

test('the linter has nothing to say about the OpenAPI document', async () => {
  const report = await lint(JSON.stringify(document))
  expect(report.problems).toEqual([])
  expect(report.totals).toMatchObject({ errors: 0, warnings: 0, ignored: 0 })
})

test('the linter is awake', async () => {
  const report = await lint(JSON.stringify({ ...document, components: {} }))
  expect(report.totals.errors).toBeGreaterThan(0)
})

test.each(Object.values<Route>(routes))('$method $path is described', (route) => {
  const operation = operationOf(route)
  expect(operation?.operationId).toBe(route.id)
  const statuses = Object.keys(operation?.responses ?? {})
  expect(statuses).toEqual(expect.arrayContaining(Object.keys(route.answers)))
  const codes = [...route.errors, 'invalid', 'rate-limited', 'internal'] as const
  expect(statuses).toEqual(expect.arrayContaining(codes.map((code) => String(ERRORS[code].status))))
  expect(operation?.security).toEqual(route.auth === 'none' ? [] : undefined)
  expect(operation?.requestBody === undefined).toBe(route.body === undefined)
})

test('every error code has a response, and those to wait for say how long', () => {
  const { responses } = document.components
  expect(Object.keys(responses)).toHaveLength(Object.keys(ERRORS).length)
  for (const name of ['RateLimited', 'Overloaded'])
    expect(responses[name]?.headers).toHaveProperty('Retry-After')
})

test('numbers in a query are whole numbers without a pattern', () => {
  const parameters = operationOf(routes.getHistory)?.parameters ?? []
  const schemaOf = (name: string) => parameters.find((p) => p.name === name)?.schema
  expect(schemaOf('before')).toEqual({ type: 'integer', minimum: 1, maximum: 2_147_483_647 })
  expect(schemaOf('limit')).toEqual({ type: 'integer', minimum: 1 })
})

test('requests are strict and answers may gain fields', () => {
  const body = operationOf(routes.login)?.requestBody?.content['application/json']
  expect(body?.schema.additionalProperties).toBe(false)
  expect(document.components.schemas.Session).not.toHaveProperty('additionalProperties')
})

test('the examples are real requests and answers', () => {
  for (const route of Object.values<Route>(routes)) {
    const operation = operationOf(route)
    for (const example of examplesOf(operation?.requestBody)) route.body?.parse(example)
    for (const [status, answer] of Object.entries(route.answers))
      for (const example of examplesOf(operation?.responses[status]))
        expect(answer?.parse(example)).toEqual(example)
  }
})

test('a server is named when it is known', () => {
  const { servers } = createOpenApiDocument({ version: '1.2.3', serverUrl: 'https://chat.test' })
  expect(servers).toEqual([{ url: 'https://chat.test' }])
})

const withExamples = z.object({
  content: z.record(
    z.string(),
    z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })).default({}) }),
  ),
})

function examplesOf(holder: unknown): unknown[] {
  const { data } = withExamples.safeParse(holder)
  return Object.values(data?.content ?? {}).flatMap(({ examples }) =>
    Object.values(examples).map(({ value }) => value),
  )
}

const lintReport = z.object({
  totals: z.object({ errors: z.number(), warnings: z.number(), ignored: z.number() }),
  problems: z.array(z.object({ ruleId: z.string(), message: z.string() })),
})

async function lint(text: string): Promise<z.infer<typeof lintReport>> {
  const folder = await mkdtemp(join(tmpdir(), 'chatapp-openapi-'))
  try {
    await writeFile(join(folder, 'openapi.json'), text)
    const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json')
    const cli = join(dirname(manifest), 'bin/cli.js')
    const options = ['--extends', 'recommended', '--format', 'json', '--max-problems', '1000']
    return lintReport.parse(
      JSON.parse(await run([cli, 'lint', 'openapi.json', ...options], folder)),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Without these variables the linter calls home. */
const SILENT = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' }

function run(args: string[], cwd: string): Promise<string> {
  const options = { cwd, env: { ...process.env, ...SILENT }, maxBuffer: 16 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      stdout ? resolve(stdout) : reject(error ?? new Error(stderr)),
    )
  })
}
