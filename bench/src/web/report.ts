import { type Finding, isReached } from '../findings.ts'
import { formatTarget, formatValue } from '../report/table.ts'

/** One line for each finding, with its limit. */
export function formatFindings(findings: Finding[]): string {
  const rows = findings.map((finding) => {
    const { part, what, value, unit, target } = finding
    const verdict = { true: 'ok', false: 'too slow' }[String(isReached(finding))] ?? ''
    return [part, what, formatValue(value, unit), target ? formatTarget(target, unit) : '', verdict]
  })
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 2 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))),
  )
  return [
    ...lines.map((cells) => cells.join('  ').trimEnd()),
    '',
    'Frames and times are of this machine as busy as it was: the line "nothing happens" says what it',
    'could have shown at best. Work per message is the processor time of the page and less noisy.',
  ].join('\n')
}
