import { ChatError, cutSearch, type Place, parseSearch } from '@chatapp/protocol'
import { StartError } from '@chatapp/service-kit'
import { plain } from '../chat/lines.ts'

/** Refuses what no server would take, before anybody is asked for a password. */
export function checkQuery(query: string): void {
  const parsed = parseSearch(query)
  if (parsed.ok) return
  const [{ message, place }] = parsed.problems
  mark(query, place)
  throw new StartError(message)
}

/** What only the server can tell: who and what is not there. */
export function markRefusal(query: string, error: unknown): void {
  if (!(error instanceof ChatError)) return
  const complaint = error.errors?.find(({ path }) => path === 'q')?.message ?? ''
  const at = Number(/\(at (\d+)\)$/.exec(complaint)?.[1] ?? 0) - 1
  const piece = cutSearch(query).find(({ place }) => place.start <= at && at < place.end)
  if (piece) mark(query, piece.place)
}

function mark(query: string, { start, end }: Place): void {
  const indent = inLine(query.slice(0, start)).replaceAll(/./gu, ' ')
  process.stderr.write(`${inLine(query)}\n${indent}${'^'.repeat(Math.max(end - start, 1))}\n`)
}

const inLine = (query: string) => plain(query).replaceAll('\n', ' ')
