import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const CHROMIUM = '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

/** Where nobody reads a line about what was skipped. */
export const isCi = process.env.CI === 'true'

const DIST = fileURLToPath(new URL('../../apps/web/dist/index.html', import.meta.url))
export const isWebClientBuilt = () => existsSync(DIST)
