import { startProduct } from '@chatapp/dev-env'
import { expect, test } from 'vitest'
import { PREVIOUS_VERSION, readRecording } from '../../src/recording/recording.ts'
import { Replay } from './replay.ts'

test('clients of the version before get all that they know from the server of today', async () => {
  const then = readRecording(PREVIOUS_VERSION)
  await using product = await startProduct()
  await using replay = new Replay(product.url, then)
  for (const step of then.steps) await replay.play(step)
  replay.assertFramesAreTaken()
  const spoken = new Set(then.steps.flatMap((step) => ('sent' in step ? [step.sent.type] : [])))
  expect(spoken.size).toBeGreaterThan(8)
}, 120_000)
