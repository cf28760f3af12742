import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fakeCluster } from './fake-cluster.ts'
import { installHelm, type Manifest, useHelm } from './helm.ts'
import { refuseUnknownFields, validateManifest } from './manifests.ts'

const CHART = join(import.meta.dirname, 'chatapp')
const COMBINATIONS = readdirSync(join(CHART, 'ci'))
const SERVICES = ['gateway', 'users', 'messages', 'notifications']
interface PolicySpec {
  podSelector: {
    matchLabels: Record<string, string>
    matchExpressions?: { values: string[] }[]
  }
  egress?: { ports: { port: number }[] }[]
}
const DATABASES = ['secrets.databaseUrl=postgres://a/b', 'secrets.redisUrl=redis://a']
/** Of one pod, as docs/scaling.md has it. */
const CONNECTIONS = { users: 10, messages: 16, notifications: 10 }
/** Of the kinds that are left the fake cluster knows. */
const FEWER = ['networkPolicy', 'disruptionBudget', 'migrate'].flatMap((part) => {
  return ['--set', `${part}.enabled=false`]
})
const fileOf = (combination: string) => join(CHART, 'ci', combination)
const readChart = (path: string) => readFileSync(join(CHART, path), 'utf8')

test('the README of the chart names every combination that is tried', () => {
  const named = readChart('README.md').match(/(?<=ci\/)[a-z-]+\.yaml/g)
  expect([...new Set(named)].sort()).toEqual(COMBINATIONS)
})

test('the README of the chart adds up the connections to PostgreSQL', () => {
  const values = parse(readChart('values.yaml'))
  const row = (podsOf: (service: string) => number) => {
    const sum = (more: number) =>
      Object.entries(CONNECTIONS).reduce(
        (all, [name, each]) => all + (podsOf(name) + more) * each,
        0,
      )
    return `| ${Object.keys(CONNECTIONS).map(podsOf).join(', ')} | ${sum(0)} | ${sum(1)} |`
  }
  const readme = readChart('README.md')
  expect(readme).toContain(row((name) => values[name].replicas))
  expect(readme).toContain(row((name) => values[name].autoscaling.maxReplicas))
})

const path = installHelm()
if (!path) console.log('The chart is not rendered: helm cannot be fetched, or unzip is missing.')

describe.skipIf(!path)('the chart', () => {
  const helm = useHelm(path ?? '')
  const render = (combination: string) => helm.render('--values', fileOf(combination))
  const of = (manifests: Manifest[], kind: string) =>
    manifests.filter((manifest) => manifest.kind === kind)

  test.for(COMBINATIONS)('renders manifests that Kubernetes takes with %s', async (combination) => {
    expect(helm.lint(fileOf(combination))).toContain('0 chart(s) failed')
    const manifests = render(combination)
    expect(of(manifests, 'Deployment').map(({ metadata }) => metadata.name)).toEqual(
      SERVICES.map((service) => `demo-chatapp-${service}`),
    )
    for (const manifest of manifests) await validateManifest(manifest)
    refuseUnknownFields(manifests)
  })

  test('would be told about a field that Kubernetes does not know', async () => {
    const [budget] = of(render('trial.yaml'), 'PodDisruptionBudget')
    if (!budget) throw new Error('there is no PodDisruptionBudget')
    expect(() => refuseUnknownFields([{ ...budget, spec: { maxUnavailible: 1 } }])).toThrow(
      /maxUnavailible/,
    )
    await expect(validateManifest({ ...budget, spec: 'none' })).rejects.toThrow()
  })

  test('lets every container run without root, without rights and on a read-only file system', () => {
    const pods = [...of(render('monitored.yaml'), 'Deployment'), ...of(render('trial.yaml'), 'Job')]
    expect(pods).toHaveLength(5)
    for (const pod of pods) {
      expect(pod).toMatchObject({
        spec: {
          template: {
            spec: {
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                  },
                },
              ],
            },
          },
        },
      })
    }
  })

  test('runs every pod where the values say, with their annotations and images', () => {
    const values = {
      image: { pullSecrets: [{ name: 'registry' }] },
      podAnnotations: { 'example.org/team': 'chat' },
      nodeSelector: { pool: 'chat' },
      tolerations: [{ key: 'chat', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
    }
    const options = ['--set-json', `podAnnotations=${JSON.stringify(values.podAnnotations)}`]
    for (const name of ['nodeSelector', 'tolerations', 'affinity', 'image'] as const)
      options.push('--set-json', `${name}=${JSON.stringify(values[name])}`)
    const pods = helm
      .render('--values', fileOf('trial-with-search.yaml'), ...options)
      .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    expect(pods).toHaveLength(8)
    const { image, podAnnotations: annotations, ...placement } = values
    for (const { spec } of pods)
      expect(spec).toMatchObject({
        template: {
          metadata: { annotations },
          spec: { ...placement, imagePullSecrets: image.pullSecrets },
        },
      })
  })

  test('denies all traffic but what it names', () => {
    const policies = of(render('trial.yaml'), 'NetworkPolicy')
    const names = policies.map(({ metadata }) => metadata.name.replace('demo-chatapp-', ''))
    expect(names).toContain('nothing-by-default')
    expect(names).toContain('postgresql-from-services')
    expect(of(render('bare.yaml'), 'NetworkPolicy')).toEqual([])
  })

  test('lets a service reach what it needs, at every port that is named', () => {
    const policies = of(render('pooled.yaml'), 'NetworkPolicy')
    const reach = (component: string) =>
      policies.flatMap((policy) => {
        const { podSelector, egress = [] } = policy.spec as PolicySpec
        const own = podSelector.matchLabels['app.kubernetes.io/component']
        const chosen = podSelector.matchExpressions?.[0]?.values ?? [own]
        return chosen.includes(component)
          ? egress.flatMap(({ ports }) => ports.map(({ port }) => port))
          : []
      })
    const everybody = [8080, 6379, 26379, 4318]
    expect(reach('gateway')).toEqual(everybody)
    expect(reach('users').toSorted()).toEqual([...everybody, 5432, 6432].toSorted())
    expect(reach('messages')).toEqual(expect.arrayContaining([9200, 443]))
    expect(reach('notifications')).toEqual(expect.arrayContaining([587, 443]))
    expect(reach('migrate')).toEqual([53, 53, 5432, 6432])
  })

  test.for(COMBINATIONS)('migrates with nothing of the release before with %s', (combination) => {
    const manifests = render(combination)
    const [job] = of(manifests, 'Job')
    if (!job) return expect(combination).toBe('bare.yaml')
    const hook = job.metadata.annotations?.['helm.sh/hook']
    const secrets = new Set(JSON.stringify(job).match(/(?<="secretKeyRef":\{"name":")[^"]+/g))
    const needed = manifests.filter(({ kind, metadata: { name } }) =>
      kind === 'Secret' ? secrets.has(name) : kind === 'NetworkPolicy' && /-migrate$/.test(name),
    )
    const isOwn = !secrets.has('demo-chatapp-migrate')
    expect([...secrets]).toEqual([isOwn ? 'chatapp' : 'demo-chatapp-migrate'])
    expect(needed).toHaveLength(isOwn ? 1 : 2)
    for (const { metadata } of needed)
      expect(metadata.annotations).toMatchObject({
        'helm.sh/hook': hook,
        'helm.sh/hook-weight': '-5',
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      })
    expect(hook).toBe(
      /trial|monitored/.test(combination) ? 'pre-upgrade' : 'pre-install,pre-upgrade',
    )
  })

  test('gives a pod as long to start as the values say', () => {
    const probes = (...options: string[]) =>
      of(helm.render('--values', fileOf('bare.yaml'), ...options), 'Deployment').map(
        (pod) => JSON.stringify(pod).match(/"startupProbe":\{[^}]+\}[^}]*\}/)?.[0],
      )
    for (const probe of probes()) expect(probe).toContain('"periodSeconds":2,"failureThreshold":60')
    for (const probe of probes('--set', 'startup.timeoutSeconds=901'))
      expect(probe).toContain('"failureThreshold":451')
  })

  test('replaces the pods when a trial gives them another address', () => {
    const checksum = (...trial: string[]) => {
      const options = [...DATABASES, ...trial].flatMap((value) => ['--set', value])
      const [pod] = of(helm.render(...options), 'Deployment')
      return JSON.stringify(pod).match(/"checksum\/secret":"(\w{64})"/)?.[1]
    }
    const before = checksum()
    expect(before).toBeDefined()
    expect(checksum('trial.elasticsearch.enabled=true')).not.toBe(before)
    expect(checksum('trial.elasticsearch.image=other')).toBe(before)
  })

  test('keeps over an upgrade what it made', async () => {
    const [made] = of(render('trial.yaml'), 'Secret')
    if (!made) throw new Error('there is no Secret')
    const upgrade = async (cluster: { kubeconfig: string }) =>
      of(await helm.upgrade(cluster, '--values', fileOf('trial.yaml'), ...FEWER), 'Secret')[0]
    await using cluster = await fakeCluster([made])
    const kept = await upgrade(cluster)
    expect(kept?.data).toEqual(made.data)
    await using other = await fakeCluster([])
    const anew = await upgrade(other)
    expect(anew?.data).not.toEqual(made.data)
  })

  test('goes on with as many pods as there are when autoscaling begins', async () => {
    const there = of(render('bare.yaml'), 'Deployment').map((deployment, index) => {
      return { ...deployment, spec: { replicas: 3 + index } }
    })
    const upgrade = async (cluster: { kubeconfig: string }) => {
      const rendered = await helm.upgrade(cluster, '--values', fileOf('scaled.yaml'), ...FEWER)
      return of(rendered, 'Deployment').map(({ spec }) => (spec as { replicas?: number }).replicas)
    }
    await using cluster = await fakeCluster(there)
    expect(await upgrade(cluster)).toEqual([3, 4, 5, 6])
    await using empty = await fakeCluster([])
    expect(await upgrade(empty)).toEqual(SERVICES.map(() => undefined))
  })

  test.for([
    [[], /secrets\.databaseUrl/],
    [['secrets.databaseUrl=postgres://a/b'], /secrets\.redisUrl/],
    [['secrets.existingSecret=x', 'trial.redis.enabled=true'], /its own passwords/],
    [[...DATABASES, 'secrets.smtpUrl=smtp://mail.example.org'], /set config\.publicUrl/],
    [['gateway.replica=3'], /replica/],
    [['secrets.existingSecret=x', 'ingress.enabled=true'], /host/],
  ] as const)('refuses %s in a sentence', ([values, reason]) => {
    const options = values.flatMap((value) => ['--set', value])
    expect(() => helm.render(...options)).toThrow(reason)
  })

  test('sends mail once it knows where people reach it', () => {
    const mail = [...DATABASES, 'secrets.smtpUrl=smtp://mail.example.org']
    for (const name of ['config.publicUrl', 'config.extra.PUBLIC_URL']) {
      const values = [...mail, `${name}=https://chat.example.org`]
      const [secret] = of(helm.render(...values.flatMap((value) => ['--set', value])), 'Secret')
      expect(secret?.data).toHaveProperty('SMTP_URL')
    }
  })

  test('makes other passwords for every installation', () => {
    const [secret, another] = [1, 2].map(() => of(render('trial.yaml'), 'Secret')[0]?.data)
    expect(secret).toMatchObject({ SERVICE_TOKEN: expect.stringMatching(/.{32}/) })
    expect(secret).not.toEqual(another)
  })
})
