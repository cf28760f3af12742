import { type Finding, isReached } from '../findings.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../run.ts'

/** What a person reads at the end. */
export function formatTable(outcome: Outcome, { quick }: Options): string {
  const { findings, checks, remarks, cores, seconds } = outcome
  const rows = findings.map((finding) => toRow(finding, quick))
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return [
    '',
    ...findings.flatMap((finding, i) => [
      formatRow(rows[i] ?? [], widths),
      ...(finding.note ? [`${' '.repeat((widths[0] ?? 0) + 4)}${finding.note}`] : []),
    ]),
    '',
    ...checks.map(
      (check) =>
        `${check.isMet ? 'ok    ' : 'FAILED'} ${check.part}: ${check.what} (${check.found})`,
    ),
    ...remarks,
    '',
    `${Math.round(seconds)} s; ${cores}. A shared machine is noisy: figures beside each other were`,
    'measured in turn and are medians of short rounds; read the others as magnitudes.',
    ...(quick ? ['Quick: everything was small, so no target is judged.'] : []),
  ].join('\n')
}

function toRow(finding: Finding, quick: boolean): string[] {
  const { part, what, value, unit, target } = finding
  const wanted = target ? formatTarget(target, unit) : ''
  const verdict = { true: 'reached', false: 'NOT reached' }[String(isReached(finding))] ?? ''
  return [part, what, formatValue(value, unit), wanted, quick ? '' : verdict]
}

function formatRow(
  [part = '', what = '', value = '', wanted = '', verdict = '']: string[],
  widths: number[],
) {
  return [
    part.padEnd(widths[0] ?? 0),
    what.padEnd(widths[1] ?? 0),
    value.padStart(widths[2] ?? 0),
    wanted.padEnd(widths[3] ?? 0),
    verdict,
  ]
    .join('  ')
    .trimEnd()
}

export function formatTarget(target: NonNullable<Finding['target']>, unit: string): string {
  return 'atLeast' in target
    ? `≥ ${formatValue(target.atLeast, unit)}`
    : `≤ ${formatValue(target.atMost, unit)}`
}

export function formatValue(value: number, unit: string): string {
  const maximumFractionDigits = Math.abs(value) >= 100 ? 0 : 2
  const digits = value.toLocaleString('en', { maximumFractionDigits })
  return unit.startsWith('/') ? `${digits}${unit}` : `${digits} ${unit}`
}
