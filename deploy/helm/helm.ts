import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'

const INSTALL = join(import.meta.dirname, '../../tools/helm/install')
const CHART = join(import.meta.dirname, 'chatapp')

export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> }
  [part: string]: unknown
}

/** The path of helm, fetched if need be; undefined when it can't be. */
export function installHelm(): string | undefined {
  const { status, stdout } = spawnSync(INSTALL, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

export function useHelm(path: string) {
  const run = (...args: string[]) => execFileSync(path, args, { encoding: 'utf8', stdio: 'pipe' })
  return {
    /** Throws what helm has to say. */
    lint: (valuesFile: string) => run('lint', '--strict', CHART, '--values', valuesFile),
    render: (...options: string[]) => parseManifests(run('template', 'demo', CHART, ...options)),
    /** As an upgrade renders it, which looks at what the cluster has. */
    async upgrade({ kubeconfig }: { kubeconfig: string }, ...options: string[]) {
      const server = [
        '--kubeconfig',
        kubeconfig,
        '--dry-run=server',
        '--disable-openapi-validation',
      ]
      const asking = ['--is-upgrade', ...server]
      const rendered = await promisify(execFile)(path, [
        'template',
        'demo',
        CHART,
        ...asking,
        ...options,
      ])
      return parseManifests(rendered.stdout)
    },
  }
}

function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((manifest) => manifest !== null)
}
