import { useState } from 'react'
import { wordsOf } from './words.ts'

export interface Work {
  isBusy: boolean
  /** Why the last one did not work. */
  problem: string | undefined
  run: (work: () => Promise<void>) => void
}

/** One thing at a time. */
export function useWork(): Work {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  function run(work: () => Promise<void>) {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    work()
      .catch((error: unknown) => setProblem(wordsOf(error)))
      .finally(() => setBusy(false))
  }
  return { isBusy, problem, run }
}
