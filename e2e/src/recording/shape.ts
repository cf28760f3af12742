import type { Json } from './recording.ts'

/** Stands for an id, a time or a secret in a recording. */
const PLACEHOLDER = /^(?:0{8}-0000-7000-8000-\d{12}|(?:message|secret|client)-\d{4})$/

export const isPlaceholder = (text: string) => PLACEHOLDER.test(text)

/** What a value is made of, whatever it says: two of one shape need not both be kept. */
export function shapeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join('|')}]`
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  const fields = Object.entries(value).map(([key, part]) => {
    // Which kind of thing it is; and frames travel inside of what is published.
    if (key === 'type' || key === 'kind') return `${key}:${String(part)}`
    if (key === 'json' && typeof part === 'string') return `json:${shapeOf(JSON.parse(part))}`
    return `${isPlaceholder(key) ? '*' : key}:${shapeOf(part)}`
  })
  return `{${[...new Set(fields)].sort().join()}}`
}
