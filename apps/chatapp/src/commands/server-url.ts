import { InvalidArgumentError } from 'commander'

export const DEFAULT_URL = 'http://localhost:8080'

export function parseServerUrl(text: string): string {
  const isUrl = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  if (!isUrl) throw new InvalidArgumentError('It must begin with http:// or https://.')
  return text.replace(/\/+$/, '')
}
