import type { Plugin } from 'vite'

/** What makes JSON Schema, for documents that no browser writes, and the sentences in English. */
const UNUSED = /\/zod\/v4\/(?:core\/(?:json-schema-processors|to-json-schema)|locales\/en)\.js$/
const UNUSED_FILES = 3

/**
 * Leaves out what zod ties to every schema and browsers never call: a tenth of the first load.
 * Schemas check the same without. The build fails when zod has moved these files.
 */
export function leanZod(): Plugin {
  const left = new Set<string>()
  return {
    name: 'lean-zod',
    apply: 'build',
    transform: {
      filter: { id: UNUSED },
      handler(code, id) {
        left.add(id)
        return { code: emptied(code), map: null }
      },
    },
    buildEnd(error) {
      if (!error && left.size !== UNUSED_FILES) this.error('zod is not as lean-zod.ts knows it')
    },
  }
}

/** The same names. A locale is empty; everything else makes functions that refuse. */
function emptied(code: string): string {
  if (/^export default/m.test(code)) return 'export default () => ({})'
  const declared = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)]
  const renamed = [...code.matchAll(/^export \{ \w+ as (\w+) \}/gm)]
  const names = [...declared, ...renamed].map(([, name]) => `absent as ${name}`)
  return `const refuse = () => { throw new Error('no JSON Schema in browsers') }
const absent = () => refuse
export { ${names.join(', ')} }`
}
