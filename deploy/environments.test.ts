import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Part, parts, readConfig, readPartConfig, storingServices } from '@chatapp/app'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { installHelm, type Manifest, useHelm } from './helm/helm.ts'

type Environment = Record<string, string>

/** Throws when a variable is missing or refused. */
function start(part: Part, env: Environment): void {
  readPartConfig(part, env)
}

/** What the services can't do without; the readers say so, and this test that they do. */
function proveThatAllIsNeeded(part: Part, env: Environment): void {
  expect(() => start(part, env)).not.toThrow()
  for (const name of ['SERVICE_TOKEN', 'REDIS_URL'])
    expect(() => start(part, without(env, name))).toThrow(name)
  if (part === 'messages')
    expect(() => start(part, without(env, 'NOTIFICATIONS_URL'))).toThrow('NOTIFICATIONS_URL')
}

const without = (env: Environment, name: string) =>
  Object.fromEntries(Object.entries(env).filter(([key]) => key !== name))

describe('compose.yaml', () => {
  const file = readFileSync(join(import.meta.dirname, '../compose.yaml'), 'utf8')
  const secrets = execFileSync(join(import.meta.dirname, 'compose-secrets'), { encoding: 'utf8' })
  const given = new Map(secrets.trim().split('\n').map(splitLine))
  const filled = file.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (whole, name: string, other = '') => given.get(name) ?? (whole.includes(':-') ? other : ''),
  )
  const { services } = parse(filled, { merge: true })

  test.for(parts)('gives %s what it needs', (part) => {
    proveThatAllIsNeeded(part, services[part].environment)
  })

  test('gives all of it in one container what it needs', () => {
    expect(() => readConfig(services['all-in-one'].environment)).not.toThrow()
  })
})

function splitLine(line: string): [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}

const path = installHelm()

describe.skipIf(!path)('the chart', () => {
  const helm = useHelm(path ?? '')
  const folder = join(import.meta.dirname, 'helm/chatapp/ci')

  test.for(readdirSync(folder))('with %s gives every service what it needs', (file) => {
    const manifests = helm.render('--values', join(folder, file))
    const secrets = secretsOf(manifests)
    for (const part of parts) {
      const env = environmentOf(manifests, { kind: 'Deployment', name: part, secrets })
      proveThatAllIsNeeded(part, env)
    }
  })

  test.for(readdirSync(folder))('with %s migrates the tables that the services use', (file) => {
    const manifests = helm.render('--values', join(folder, file))
    const secrets = secretsOf(manifests)
    const [of] = manifests.filter(({ kind }) => kind === 'Job')
    if (!of) return expect(file).toBe('bare.yaml')
    const job = readConfig(environmentOf(manifests, { kind: 'Job', name: 'migrate', secrets }))
    for (const service of storingServices) {
      const env = environmentOf(manifests, { kind: 'Deployment', name: service, secrets })
      const { replicaUrl: _read, ...used } = readPartConfig(service, env).databases[service] ?? {}
      expect(job.databases[service]).toEqual(used)
      expect(job.messages.lobby).toBe(readPartConfig(service, env).messages.lobby)
    }
  })

  test('makes /metrics of every pod ask for what the ServiceMonitor sends', () => {
    const manifests = helm.render('--values', join(folder, 'monitored.yaml'))
    const [monitor] = manifests.filter(({ kind }) => kind === 'ServiceMonitor')
    const credentials = { name: 'demo-chatapp', key: 'METRICS_TOKEN' }
    expect(monitor?.spec).toMatchObject({ endpoints: [{ authorization: { credentials } }] })
    const secrets = secretsOf(manifests)
    const token = secrets['demo-chatapp']?.METRICS_TOKEN
    expect(token).toMatch(/.{32}/)
    for (const name of parts) {
      const env = environmentOf(manifests, { kind: 'Deployment', name, secrets })
      expect(readPartConfig(name, env).gateway.metricsToken).toBe(token)
    }
  })
})

/** What an operator's own secret has to hold, as the chart's README says. */
const OWN_SECRET: Environment = {
  DATABASE_URL: 'postgres://chatapp:secret@postgresql:5432/chatapp',
  REDIS_URL: 'redis://:secret@redis:6379',
  SERVICE_TOKEN: 'a token of more than 24 characters'.replaceAll(' ', '-'),
}

/** By name: those of the chart, and the operator's own where the chart makes none. */
function secretsOf(manifests: Manifest[]): Record<string, Environment> {
  const secrets = manifests.filter(({ kind }) => kind === 'Secret')
  if (secrets.length === 0) return { chatapp: OWN_SECRET }
  return Object.fromEntries(secrets.map((one) => [one.metadata.name, decode(one)]))
}

function decode(secret: Manifest): Environment {
  // The templates of the chart's Secrets have it.
  const { data = {} } = secret as { data?: Environment }
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]),
  )
}

interface Variable {
  name: string
  value?: string
  valueFrom?: { secretKeyRef: { name: string; key: string; optional: boolean } }
}

/** As the kubelet makes it: a reference to what is not there fails unless it is optional. */
function environmentOf(
  manifests: Manifest[],
  of: { kind: 'Deployment' | 'Job'; name: string; secrets: Record<string, Environment> },
): Environment {
  const found = manifests.find(
    ({ kind, metadata }) => kind === of.kind && metadata.name.endsWith(`-${of.name}`),
  )
  if (!found) throw new Error(`the chart has no ${of.kind} of ${of.name}`)
  // The chart's other tests prove that it is one as Kubernetes has it.
  const { template } = found.spec as {
    template: { spec: { containers: { env: Variable[] }[] } }
  }
  const variables = template.spec.containers[0]?.env ?? []
  return Object.fromEntries(
    variables.flatMap(({ name, value, valueFrom }): [string, string][] => {
      if (value !== undefined) return [[name, value]]
      const { name: secret = '', key = '', optional } = valueFrom?.secretKeyRef ?? {}
      const kept = of.secrets[secret]?.[key]
      if (kept === undefined && !optional) throw new Error(`${name} is in no secret`)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}
