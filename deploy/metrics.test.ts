import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasRedis, startProduct, startRedis } from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const REPOSITORY = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8')
const chart = (path: string) => read(join('deploy/helm/chatapp', path))
const METRIC = /\b(chatapp_(gateway|messages|notifications|database|bus|redis)|nodejs|process)_\w+/g
const metricsIn = (text: string) => [
  ...new Set([...text.matchAll(METRIC)].map(([name]) => name.replace(/_bucket$/, ''))),
]

interface Rule {
  alert: string
  expr: string
}

/** With everything configured that has measures of its own, whether it can be reached or not. */
describe.skipIf(!hasRedis())('a metric', () => {
  let known: Set<string>
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
    const env = {
      REDIS_URL: redis.url,
      ELASTICSEARCH_URL: 'http://127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_URL: 'https://chat.example.org',
    }
    await using product = await startProduct({ shape: 'whole', env })
    const metrics = await (await fetch(`${product.url}/metrics`)).text()
    // Only a process with a replica has the last one.
    known = new Set(metrics.match(/(?<=^# TYPE )\w+/gm)).add('chatapp_messages_old_pages_total')
  })
  afterAll(() => redis?.[Symbol.asyncDispose]())
  const unknownOf = (names: string[]) => names.filter((name) => !known.has(name))

  test('that the dashboard or an alert asks for is there', () => {
    const asked = metricsIn(chart('dashboards/chatapp.json') + chart('dashboards/rules.yaml'))
    expect(asked.length).toBeGreaterThan(12)
    expect(unknownOf(asked)).toEqual([])
  })

  test('that the docs name is there', () => {
    const pages = readdirSync(join(REPOSITORY, 'docs')).filter((name) => name.endsWith('.md'))
    for (const page of [...pages.map((name) => `docs/${name}`), 'deploy/helm/chatapp/README.md']) {
      const named = metricsIn(read(page)).filter((name) => !/_$/.test(name))
      expect([page, unknownOf(named)]).toEqual([page, []])
    }
  })

  test('of ours is explained in the docs', () => {
    const page = read('docs/operations.md')
    const isExplained = (name: string) =>
      page.includes(name) || endings(name).some((ending) => page.includes(`…${ending}`))
    const ours = [...known].filter((name) => name.startsWith('chatapp_'))
    expect(ours.filter((name) => !isExplained(name))).toEqual([])
  })
})

describe('the docs', () => {
  const [, section = ''] = read('docs/operations.md').split('## What an alert means')
  const [meanings = ''] = section.split('\n## ')
  // Placeholders of the chart are no YAML.
  const rules: Rule[] = parse(chart('dashboards/rules.yaml').replaceAll(/\{\{.*?\}\}/g, ''))

  test('name the alerts that there are, and no others', () => {
    const named = new Set(
      meanings
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .flatMap((line) => line.split('|')[1]?.match(/ChatApp\w+/g) ?? []),
    )
    expect(rules.length).toBeGreaterThan(10)
    expect([...named].toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted())
  })

  test('say what each alert means', () => {
    for (const { alert, expr } of rules) {
      const [metric = 'up'] = metricsIn(expr)
      expect([alert, meanings.includes(metric)]).toEqual([alert, true])
      const rows = meanings
        .split('\n')
        .filter((line) => line.split('|')[1]?.includes(`\`${alert}\``))
      const text = rows.join('\n')
      for (const consumer of /consumer=~?"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? [])
        expect([alert, text]).toEqual([alert, expect.stringContaining(consumer)])
    }
  })
})

/** `chatapp_gateway_closes_total` ends in `_closes_total`, in `_total` … */
function endings(name: string): string[] {
  return [...name.matchAll(/_(?=[a-z])/g)].map(({ index }) => name.slice(index)).slice(1, -1)
}
