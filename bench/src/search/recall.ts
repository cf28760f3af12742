import { type NeedleKind, needleKinds } from '../corpus/needles.ts'
import type { Check, Finding, Findings } from '../findings.ts'
import { ask } from './asker.ts'
import { isOfHub } from './correspondents.ts'
import type { SearchStage } from './search-stage.ts'

const WANTED: Partial<Record<NeedleKind, number>> = { typo: 95 }
const WANTED_OF_OTHERS = 100

/** Looks for every needle: whoever is in its conversation finds it, and nobody else. */
export async function measureRecall(stage: SearchStage): Promise<Findings> {
  const { town, people, caller, bench, answerer } = stage
  const { stored } = town
  bench.progress.say(`Search: looking for ${stored.needles.length} needles`)
  const tallies = new Map(needleKinds.map((kind) => [kind, { wanted: 0, found: 0 }]))
  const leaks: string[] = []
  for (const { needle, conversation, position } of stored.needles) {
    const tally = needle && tallies.get(needle.kind)
    if (!tally) continue
    const { hits } = await ask(caller, people.hub, { q: needle.query })
    const isFound = hits.some(
      (hit) => hit.conversationId === stored.ids[conversation] && hit.position === position,
    )
    const mayFind = isOfHub(people.conversations[conversation] ?? [])
    if (mayFind) tally.wanted++
    if (mayFind && isFound) tally.found++
    const foreign = hits.filter(({ conversationId }) => !isOwn(stage, conversationId))
    if (foreign.length > 0) leaks.push(needle.query)
  }
  return {
    findings: [...tallies].map(([kind, tally]) => present(answerer.part, kind, tally)),
    checks: [checkLeaks(answerer.part, leaks)],
    remarks: [],
  }
}

function isOwn({ town: { stored }, people }: SearchStage, conversationId: string): boolean {
  return isOfHub(people.conversations[stored.ids.indexOf(conversationId)] ?? [])
}

interface Tally {
  wanted: number
  found: number
}

function present(part: string, kind: NeedleKind, { wanted, found }: Tally): Finding {
  return {
    part,
    what: `needles found: ${kind}`,
    value: wanted === 0 ? 100 : (100 * found) / wanted,
    unit: '%',
    target: { atLeast: WANTED[kind] ?? WANTED_OF_OTHERS },
    note: `${found} of ${wanted}`,
  }
}

function checkLeaks(part: string, leaks: string[]): Check {
  return {
    part,
    what: 'nothing of conversations that the caller is not in',
    isMet: leaks.length === 0,
    found: leaks.length === 0 ? 'no such hit' : `with ${leaks.slice(0, 3).join(', ')}`,
  }
}
