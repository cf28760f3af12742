import type { Unit } from './analyse.ts'
import { joinsOf } from './joins.ts'
import { pairTokenAt } from './pairs.ts'

/** Raise it with every change that makes other tokens of some text: the indexes are built anew. */
export const TOKENS_VERSION = 4

/**
 * What an index keeps of a text, each once: its words, joined names, neighbouring signs of dense
 * scripts in pairs (the last sign of a run also alone), and which words stand side by side.
 */
export function tokensOf(units: Unit[]): string[] {
  const tokens = new Set<string>()
  for (const [i, unit] of units.entries()) {
    if (unit.kind === 'dense') tokens.add(pairAt(units, i))
    else tokens.add(unit.text).add(unit.full)
    const pair = pairTokenAt(units, i)
    if (pair !== undefined) tokens.add(pair)
  }
  for (const { text } of joinsOf(units)) tokens.add(text)
  return [...tokens]
}

/** The sign and its neighbour; alone where a run of dense signs ends. */
export function pairAt(units: Unit[], i: number): string {
  const [unit, next] = [units[i], units[i + 1]]
  if (!unit) return ''
  return next?.kind === 'dense' && next.start <= unit.end ? unit.text + next.text : unit.text
}
