/** One measured number. */
export interface Finding {
  part: string
  what: string
  value: number
  unit: string
  target?: { atLeast: number } | { atMost: number }
  /** What one has to know to read the number. */
  note?: string
}

/** A thing that must be so whatever the speed, such as that nothing was lost. */
export interface Check {
  part: string
  what: string
  isMet: boolean
  found: string
}

export interface Findings {
  findings: Finding[]
  checks: Check[]
  /** What was left out, and why. */
  remarks: string[]
}

export const join = (all: Findings[]): Findings => ({
  findings: all.flatMap((each) => each.findings),
  checks: all.flatMap((each) => each.checks),
  remarks: all.flatMap((each) => each.remarks),
})

export function isReached({ value, target }: Finding): boolean | undefined {
  if (!target) return undefined
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}
