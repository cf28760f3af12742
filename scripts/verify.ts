import { spawn } from 'node:child_process'
import { closingLine } from './closing-line.ts'

const CHECKS = ['types', 'lint', 'format', 'imports', 'dead-code']

const isVerified = await verify()
process.exitCode = isVerified ? 0 : 1

async function verify(): Promise<boolean> {
  let failed = 0
  for (const check of CHECKS) {
    if (!(await passes(check))) failed++
  }
  console.log(closingLine({ passed: CHECKS.length - failed, failed, skipped: 0 }))
  return failed === 0
}

/** Runs one check; a check that passes has nothing to say but its own line. */
async function passes(check: string): Promise<boolean> {
  const start = performance.now()
  const { code, output } = await runScript(`check:${check}`)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (code !== 0) console.log(output.trimEnd())
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check} (${seconds} s)`)
  return code === 0
}

async function runScript(name: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, output: Buffer.concat(chunks).toString() }
}
