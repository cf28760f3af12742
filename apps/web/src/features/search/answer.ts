import { create } from 'zustand'
import { client } from '../../lib/session/client.ts'
import { useSession } from '../../lib/session/session.ts'
import type { SearchSort } from '../../lib/shell/use-search-pane.ts'

type Page = Awaited<ReturnType<typeof client.messages.search>>
export type Hit = Page['items'][number]

export interface Question {
  query: string
  sort: SearchSort
}

/** What has been found for a question, page by page. */
export interface Found extends Question {
  pages: Hit[][]
  next: string | null
  isDegraded: boolean
  more: 'idle' | 'busy' | 'failed'
}

interface Answer {
  status: 'idle' | 'asking' | 'failed'
  /** The one that was asked last. */
  question: Question | null
  /** Why it failed. */
  error: unknown
  /** Stays in sight while the next one is on its way. */
  found: Found | null
}

const PAGE = 30
const NOTHING: Answer = { status: 'idle', question: null, error: null, found: null }

/** Kept outside of the pane: going to a message and back shows at once what was there. */
export const useAnswer = create<Answer>(() => NOTHING)
useSession.subscribe(({ status }) => status !== 'signed-in' && useAnswer.setState(NOTHING))

/** Asks, unless it is asked or answered already. */
export function ask(question: Question): void {
  const { status, question: asked } = useAnswer.getState()
  if (status !== 'failed' && isSame(asked, question)) return
  void find(question)
}

export function askAgain(): void {
  const { question } = useAnswer.getState()
  if (question) void find(question)
}

/** The field is empty: so is what is below it. */
export function clearAnswer(): void {
  useAnswer.setState(NOTHING)
}

async function find(question: Question): Promise<void> {
  useAnswer.setState({ status: 'asking', question, error: null })
  const { query, sort } = question
  try {
    const page = await client.messages.search(query, { sort, limit: PAGE })
    if (useAnswer.getState().question !== question) return
    const { items, next, degraded } = page
    const found = { ...question, pages: [items], next, isDegraded: degraded, more: 'idle' as const }
    useAnswer.setState({ status: 'idle', found })
  } catch (error) {
    if (useAnswer.getState().question !== question) return
    useAnswer.setState({ status: 'failed', error, found: null })
  }
}

/** The next page, when there is one and none is on its way. */
export async function findMore(): Promise<void> {
  const { found } = useAnswer.getState()
  if (!found?.next || found.more === 'busy') return
  const busy: Found = { ...found, more: 'busy' }
  useAnswer.setState({ found: busy })
  const { query, sort, next: cursor } = found
  const after = await client.messages.search(query, { sort, limit: PAGE, cursor }).then(
    ({ items, next, degraded }): Found => ({
      ...{ ...busy, pages: [...busy.pages, items], next },
      ...{ isDegraded: busy.isDegraded || degraded, more: 'idle' },
    }),
    (): Found => ({ ...busy, more: 'failed' }),
  )
  if (useAnswer.getState().found === busy) useAnswer.setState({ found: after })
}

function isSame(a: Question | null, b: Question): boolean {
  return a?.query === b.query && a.sort === b.sort
}
