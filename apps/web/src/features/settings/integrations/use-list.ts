import { isRetryable } from '@chatapp/sdk'
import { useCallback, useEffect, useState } from 'react'
import { wordsOf } from './words.ts'

export interface List<T> {
  state: { kind: 'loading' } | { kind: 'failed'; problem: string } | { kind: 'here'; items: T[] }
  /** What is shown stays until the answer is here. */
  load: () => void
}

/** All of it, and again every so often: then it keeps what it has while the server can't be reached. */
export function useList<T>(fetchAll: () => AsyncIterable<T>, everyMs?: number): List<T> {
  const [state, setState] = useState<List<T>['state']>({ kind: 'loading' })
  const load = useCallback(() => {
    Array.fromAsync(fetchAll()).then(
      (items) => setState({ kind: 'here', items }),
      (error: unknown) =>
        setState((known) =>
          known.kind === 'here' && isRetryable(error)
            ? known
            : { kind: 'failed', problem: wordsOf(error) },
        ),
    )
  }, [fetchAll])
  useEffect(() => {
    load()
    if (everyMs === undefined) return
    const timer = setInterval(load, everyMs)
    return () => clearInterval(timer)
  }, [load, everyMs])
  return { state, load }
}
