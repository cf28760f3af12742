import { build } from 'vite'
import { checkBudget } from './budget.ts'
import { compressAll } from './compress.ts'
import { writePrecacheList } from './precache.ts'
import { buildServiceWorker } from './service-worker.ts'

const start = performance.now()
const folder = `${import.meta.dirname}/../`
const dist = `${folder}dist/`

await build({ configFile: `${folder}vite.config.ts`, logLevel: 'warn' })
await buildServiceWorker(folder)
await writePrecacheList(dist)
await compressAll(dist)
const size = await checkBudget(dist)
const seconds = ((performance.now() - start) / 1000).toFixed(1)
console.log(`web client built in ${seconds} s; first load: ${size}`)
