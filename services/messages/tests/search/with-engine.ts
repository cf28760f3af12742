import type { SearchEngine } from '@chatapp/dev-env'
import { describe } from 'vitest'
import { cannotRun, START_WITHIN_MS } from './engines.ts'
import { testFinding } from './finding.ts'
import { testHostility } from './hostility.ts'
import { testOddities } from './oddities.ts'
import { testOutages } from './outages.ts'
import { testRights } from './rights.ts'
import { Scene } from './scene.ts'

/** Everything about searching with an engine, on one server: to start it takes longest. */
export function testEngine(engine: SearchEngine): void {
  describe.skipIf(cannotRun(engine))(`with ${engine}`, { timeout: START_WITHIN_MS }, () => {
    const scene = new Scene({ engine, isStarted: true })
    testFinding(scene)
    testRights(scene)
    testHostility(scene)
    testOddities(scene)
    testOutages(scene)
  })
}
