import type { Page } from 'playwright-core'

export interface Frames {
  perSecond: number
  longestMs: number
}

/** Counts the frames of a page while something happens. */
export async function framesWhile(page: Page, happening: () => Promise<unknown>): Promise<Frames> {
  const counter = await page.evaluateHandle(() => {
    const times: number[] = []
    let isOn = true
    const count = (now: number) => {
      times.push(now)
      if (isOn) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    return {
      stop: () => {
        isOn = false
        return times
      },
    }
  })
  await happening()
  const times = await counter.evaluate(({ stop }) => stop())
  const took = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0))
  return { perSecond: ((times.length - 1) * 1000) / took, longestMs: Math.max(...pauses) }
}
