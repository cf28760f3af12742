import { describe } from 'vitest'
import { testFinding } from './search/finding.ts'
import { testHostility } from './search/hostility.ts'
import { testOddities } from './search/oddities.ts'
import { testRights } from './search/rights.ts'
import { Scene } from './search/scene.ts'

const rows = [
  { where: 'before the index knows', isStarted: false },
  { where: 'from PostgreSQL', isStarted: true },
]

// The same answers come from what the index has not taken in yet, and from each index.
for (const { where, ...options } of rows)
  describe(where, () => {
    const scene = new Scene(options)
    testFinding(scene)
    testRights(scene)
    testHostility(scene)
    testOddities(scene)
  })
