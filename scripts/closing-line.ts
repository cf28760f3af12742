/** What a run counted, and how it says so on its last line. */
export type Tally = { passed: number; failed: number; skipped: number }

export function closingLine({ passed, failed, skipped }: Tally): string {
  const counts = [`${passed} passed`, `${failed} failed`]
  if (skipped > 0) counts.push(`${skipped} skipped`)
  return counts.join(', ')
}
