import type { CDPSession, Page } from 'playwright-core'

/** What a page has cost its process so far. */
export interface PageCosts {
  scriptMs: number
  layoutMs: number
  styleMs: number
  taskMs: number
  heapBytes: number
}

/** Asks the browser itself: processor time is less noisy than frames on a machine that others use. */
export class CostReader {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async of(page: Page): Promise<CostReader> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new CostReader(session)
  }

  async read(): Promise<PageCosts> {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    const all = new Map(metrics.map(({ name, value }) => [name, value]))
    const milliseconds = (name: string) => (all.get(name) ?? Number.NaN) * 1000
    return {
      scriptMs: milliseconds('ScriptDuration'),
      layoutMs: milliseconds('LayoutDuration'),
      styleMs: milliseconds('RecalcStyleDuration'),
      taskMs: milliseconds('TaskDuration'),
      heapBytes: all.get('JSHeapUsedSize') ?? Number.NaN,
    }
  }

  /** The heap without what is garbage already. */
  async readHeap(): Promise<number> {
    await this.#session.send('HeapProfiler.collectGarbage')
    return (await this.read()).heapBytes
  }

  async profile(work: () => Promise<unknown>): Promise<string> {
    await this.#session.send('Profiler.enable')
    await this.#session.send('Profiler.start')
    await work()
    const { profile } = await this.#session.send('Profiler.stop')
    return JSON.stringify(profile)
  }
}
