/** Who writes `@all` in a group calls everybody in it. No account can be named so. */
export const EVERYONE_NAME = 'all'

const MENTION = /(?<![\p{L}\p{N}._-])@([A-Za-z0-9._-]{3,33})/gu
const MENTIONED_MAX = 50

/** Lower-case names that a text calls, outside of code; "@bob." means bob as well as "bob.". */
export function namesIn(text: string): string[] {
  if (!text.includes('@')) return []
  const names = new Set<string>()
  for (const [, name = ''] of withoutCode(text).matchAll(MENTION)) {
    const lower = name.toLowerCase()
    names.add(lower)
    names.add(lower.replace(/[._-]+$/, ''))
    if (names.size >= 2 * MENTIONED_MAX) break
  }
  return [...names].filter((name) => name.length >= 3 && name.length <= 32)
}

// A fence is taken whole or not at all: trying every part of a long one takes its length squared.
const FENCED =
  /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm
const SPAN = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g

function withoutCode(text: string): string {
  return text.replace(FENCED, ' ').replace(SPAN, ' ')
}
