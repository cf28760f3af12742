import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Manifest } from './helm.ts'

/** As much of a Kubernetes API server as answers what a chart looks up: Secrets and Deployments. */
export async function fakeCluster(there: Manifest[]) {
  const answers: Record<string, object> = {
    '/version': { major: '1', minor: '30', gitVersion: 'v1.30.0' },
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [APPS, AUTOSCALING] },
    '/api/v1': resourcesOf('v1', ['Secret', 'Service', 'ServiceAccount']),
    '/apis/apps/v1': resourcesOf('apps/v1', ['Deployment', 'StatefulSet']),
    '/apis/autoscaling/v2': resourcesOf('autoscaling/v2', ['HorizontalPodAutoscaler']),
  }
  for (const one of there) {
    const api = one.kind === 'Secret' ? '/api/v1' : '/apis/apps/v1'
    answers[`${api}/namespaces/default/${one.kind.toLowerCase()}s/${one.metadata.name}`] = one
  }
  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? '', 'http://cluster').pathname]
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? NOT_FOUND))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  const folder = await mkdtemp(join(tmpdir(), 'chatapp-cluster-'))
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, stringify(configOf(`http://127.0.0.1:${port}`)))
  return {
    kubeconfig,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const APPS_V1 = { groupVersion: 'apps/v1', version: 'v1' }
const APPS = { name: 'apps', versions: [APPS_V1], preferredVersion: APPS_V1 }

const AUTOSCALING_V2 = { groupVersion: 'autoscaling/v2', version: 'v2' }
const AUTOSCALING = {
  name: 'autoscaling',
  versions: [AUTOSCALING_V2],
  preferredVersion: AUTOSCALING_V2,
}

function resourcesOf(groupVersion: string, kinds: string[]) {
  const resources = kinds.map((kind) => ({
    ...{ name: `${kind.toLowerCase()}s`, singularName: kind.toLowerCase(), namespaced: true },
    ...{ kind, verbs: ['get'] },
  }))
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources }
}

const NOT_FOUND = {
  ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure' },
  ...{ reason: 'NotFound', code: 404, message: 'not found' },
}

function configOf(server: string) {
  return {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
    clusters: [{ name: 'here', cluster: { server } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'nobody' } }],
    users: [{ name: 'nobody', user: {} }],
  }
}
