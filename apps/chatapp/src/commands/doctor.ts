import { styleText } from 'node:util'
import type { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { type Finding, fine, wrong } from '../doctor/check.ts'
import { checkDatabase } from '../doctor/database.ts'
import {
  checkClock,
  checkDataDirectory,
  checkDisk,
  checkNode,
  checkPort,
} from '../doctor/machine.ts'
import { toSentence } from '../failure.ts'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at everything ChatApp needs, and say what to mend')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp doctor
  $ chatapp doctor --json | jq '.[] | select(.ok | not)'`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine()
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : toText(findings))
      process.exit(findings.every((finding) => finding.ok) ? 0 : 1)
    })
}

async function examine(): Promise<Finding[]> {
  const config = tryConfig()
  const general = [checkNode(), checkClock()]
  if ('check' in config) return [...general, config]
  return [
    ...general,
    fine('variables', 'all of them can be used'),
    await checkDataDirectory(config),
    await checkDisk(config),
    await checkPort(config),
    ...(await checkDatabase(config)),
  ]
}

function tryConfig(): Config | Finding {
  try {
    return readConfig()
  } catch (error) {
    return wrong('variables', toSentence(error), 'correct them, then ask again')
  }
}

function toText(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.map(({ check, ok, detail, mend }) => {
    const mark = ok ? styleText('green', 'ok   ') : styleText('red', 'WRONG')
    const advice = mend ? `\n      ${' '.repeat(width)}  to mend it: ${mend}` : ''
    return `${mark} ${check.padEnd(width)}  ${detail}${advice}`
  })
  return `${lines.join('\n')}\n`
}
