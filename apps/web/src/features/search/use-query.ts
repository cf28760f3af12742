import { parseSearch } from '@chatapp/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type SearchSort, useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { ask, clearAnswer, useAnswer } from './answer.ts'
import { type Problem, problemOf, refusalOf } from './problem.ts'

/** Between two keys of somebody who types. */
const PAUSE_MS = 250
/** Nothing is called wrong before somebody has stopped. */
const STOPPED_MS = 1_000

/** The text of the field, which is asked for as it is written, and what is wrong with it. */
export function useQuery() {
  const { t } = useTranslation('searchProblems')
  const { query, sort, rewrite } = useSearchPane()
  const [text, setText] = useState(query)
  const [hasStopped, setStopped] = useState(true)
  const written = useRef(query)
  const parsed = useMemo(() => parseSearch(text), [text])
  const refusal = useAnswer(({ error, question }) => (question?.query === text ? error : null))

  // By going back, by a link, or because another search was opened.
  useEffect(() => {
    if (query === written.current) return
    written.current = query
    setText(query)
    setStopped(true)
  }, [query])
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every text, order and stop
  useEffect(() => {
    if (hasStopped) return settle()
    const asking = setTimeout(settle, PAUSE_MS)
    const stopping = setTimeout(() => setStopped(true), STOPPED_MS)
    return () => {
      clearTimeout(asking)
      clearTimeout(stopping)
    }
  }, [text, sort, hasStopped])

  function settle() {
    if (text !== written.current) {
      written.current = text
      rewrite({ query: text, sort })
    }
    if (text.trim() === '') clearAnswer()
    else if (parsed.ok) ask({ query: text, sort })
  }
  function write(next: string) {
    setText(next)
    setStopped(false)
  }
  function choose(next: string) {
    setText(next)
    setStopped(true)
  }
  const setSort = (next: SearchSort) => rewrite({ query: text, sort: next })
  const problems: Problem[] = []
  if (hasStopped && text.trim() !== '') {
    if (!parsed.ok) problems.push(...parsed.problems.map((one) => problemOf(one, text, t)))
    const refused = refusalOf(refusal, text, t)
    if (refused) problems.push(refused)
  }
  return { text, write, choose, sort, setSort, problems, stop: () => setStopped(true) }
}
