import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** How npm reaches its registry from this machine, and what it has fetched before. */
export function npmSettings(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_(registry|cache|cafile)|node_extra_ca_certs|https?_proxy|no_proxy)$/i.test(name),
  )
  const settings = Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
  return { HOME: homedir(), npm_config_prefer_offline: 'true', ...settings }
}

export function npmCache(): string {
  const folder = process.env.npm_config_cache ?? join(homedir(), '.npm')
  mkdirSync(folder, { recursive: true })
  return folder
}
