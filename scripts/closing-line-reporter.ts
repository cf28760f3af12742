import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { closingLine, type Tally } from './closing-line.ts'

/** Ends the output of a test run with `N passed, N failed`, after everything else has spoken. */
export class ClosingLineReporter implements Reporter {
  #tally: Tally = { passed: 0, failed: 1, skipped: 0 }

  onInit() {
    process.once('exit', () => this.#close())
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
    this.#tally = countTests(modules, errors.length)
  }

  #close() {
    const { failed, skipped } = this.#tally
    const isSkipForbidden = process.env.CI === 'true' && skipped > 0
    if (isSkipForbidden) {
      console.log(
        `CI must run every test, but ${skipped} skipped: install what they need, or remove them.`,
      )
    }
    if (failed > 0 || isSkipForbidden) process.exitCode = 1
    console.log(closingLine(this.#tally))
  }
}

function countTests(modules: readonly TestModule[], runErrors: number): Tally {
  const tally: Tally = { passed: 0, failed: runErrors, skipped: 0 }
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      tally[state === 'pending' ? 'failed' : state]++
    }
    tally.failed += countBrokenSuites(module)
  }
  if (modules.length === 0) tally.failed++
  return tally
}

/** A file that cannot load, or a hook that throws, is a failure although no test of it ran. */
function countBrokenSuites(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()]
  return suites.filter((suite) => suite.errors().length > 0).length
}
