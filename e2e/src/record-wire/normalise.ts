import type { Json, Step } from '../recording/recording.ts'
import { shapeOf } from '../recording/shape.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g
const SOME_TIME = '2026-01-01T12:00:00.000Z'
/** What chance made, by the field that it stands in. */
const MADE_BY_CHANCE: Record<string, string> = {
  messageId: 'message',
  clientId: 'client',
  accessToken: 'secret',
  refreshToken: 'secret',
  ticket: 'secret',
  gatewayId: 'secret',
  kid: 'secret',
  key: 'secret',
  x: 'secret',
}

/** The same scene again makes nearly the same lines: ids are counted, times are all one. */
export function normalise(steps: Step[]): Step[] {
  const places = new Map<string, string>()
  for (const step of steps) collect(step as unknown as Json, places)
  const ids = new Map<string, string>()
  let text = JSON.stringify(steps)
  for (const [found, place] of places) text = text.replaceAll(found, place)
  text = text.replaceAll(UUID, (id) => {
    const known = ids.get(id) ?? `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(id, known)
    return known
  })
  return withoutRepeats(JSON.parse(text.replaceAll(TIME, SOME_TIME)))
}

function collect(value: Json, places: Map<string, string>): void {
  if (Array.isArray(value)) for (const part of value) collect(part, places)
  else if (typeof value === 'object' && value !== null) {
    const isMessage = typeof value.position === 'number' && 'sentAt' in value
    for (const [key, part] of Object.entries(value)) {
      const kind = key === 'id' && isMessage ? 'message' : MADE_BY_CHANCE[key]
      if (kind && typeof part === 'string' && !places.has(part) && part.search(UUID) < 0)
        places.set(part, `${kind}-${String(places.size + 1).padStart(4, '0')}`)
      else collect(part, places)
    }
  }
}

/** Of what services say to each other one of each shape is enough: nobody plays it again in order. */
function withoutRepeats(steps: Step[]): Step[] {
  const seen = new Set<string>()
  return steps.filter((step) => {
    const key = keyOf(step)
    if (key === undefined) return true
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

function keyOf(step: Step): string | undefined {
  if ('asks' in step) return `${step.asks} ${shapeOf(step.args)} ${shapeOf(step.outcome)}`
  if ('topic' in step) return `${step.topic.replace(/:.*/, '')} ${shapeOf(step.event)}`
  return undefined
}
