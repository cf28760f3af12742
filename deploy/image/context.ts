import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Rule {
  pattern: string
  expression: RegExp
  lets: 'in' | 'out'
}

/** Copies what the `.dockerignore` of a folder lets through, and returns the paths. */
export function copyContext(folder: string, target: string): string[] {
  const rules = readRules(join(folder, '.dockerignore'))
  const paths = listFiles(folder, '', rules)
  for (const path of paths)
    cpSync(join(folder, path), join(target, path), { verbatimSymlinks: true })
  return paths
}

function readRules(file: string): Rule[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const pattern = line.replace(/^!/, '')
    return { pattern, expression: toExpression(pattern), lets: line.startsWith('!') ? 'in' : 'out' }
  })
}

/** As Docker reads it: `**` is any number of folders, and a folder stands for all that is in it. */
const toExpression = (pattern: string) => new RegExp(`^${toSource(pattern)}(?:/.*)?$`)

function toSource(pattern: string): string {
  return pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?')
}

function listFiles(folder: string, under: string, rules: Rule[]): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name)
    if (!entry.isDirectory()) return isLetIn(path, rules) ? [path] : []
    return mayHoldFiles(path, rules) ? listFiles(folder, path, rules) : []
  })
}

/** The last rule that matches decides. */
function isLetIn(path: string, rules: Rule[]): boolean {
  return rules.findLast(({ expression }) => expression.test(path))?.lets !== 'out'
}

/** Spares the walk through folders such as node_modules. */
function mayHoldFiles(path: string, rules: Rule[]): boolean {
  const isParent = ({ pattern, lets }: Rule) =>
    lets === 'in' && new RegExp(`^${toSource(dirname(pattern))}$`).test(path)
  return isLetIn(path, rules) || rules.some(isParent)
}
