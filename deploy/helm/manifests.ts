import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from './helm.ts'

const MODULES = join(import.meta.dirname, '../../node_modules')
const COMPILER = join(MODULES, '@typescript/native/bin/tsc')
const OPTIONS = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext']

const PACKAGES: Record<string, string> = {
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
}

const moduleOf = ({ apiVersion }: Manifest) =>
  PACKAGES[apiVersion] ?? `kubernetes-models/${apiVersion}`

/** Throws where a value is not what the API server would take. */
export async function validateManifest(manifest: Manifest): Promise<void> {
  const models = await import(moduleOf(manifest))
  const Model = models[manifest.kind]
  if (!Model) throw new Error(`Kubernetes has no ${manifest.apiVersion} ${manifest.kind}`)
  new Model(manifest).validate()
}

/**
 * Throws where a field is unknown, which validation lets pass and the API server drops in silence:
 * the compiler refuses such a field in a literal.
 */
export function refuseUnknownFields(manifests: Manifest[]): void {
  const folder = mkdtempSync(join(MODULES, '.cache-manifests-'))
  const file = join(folder, 'manifests.ts')
  try {
    writeFileSync(file, manifests.map(toLiteral).join('\n'))
    const { status, stdout } = spawnSync(process.execPath, [COMPILER, ...OPTIONS, file], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function toLiteral(manifest: Manifest, index: number): string {
  const type = `Type${index}`
  return [
    `import type { I${manifest.kind} as ${type} } from '${moduleOf(manifest)}'`,
    `export const manifest${index}: ${type} = ${JSON.stringify(manifest)}`,
  ].join('\n')
}
