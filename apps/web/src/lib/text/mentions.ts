/**
 * Who is called in a text, by lower-case user name; `own` is the reader. One string, so that equal
 * ones are the same: names with spaces between them, the reader's own one with a `=` before it.
 */
export type Mentions = string

const MENTION = /(?<![\p{L}\p{N}._-])@([A-Za-z0-9._-]{3,33})/gu

/** Marks them in a text that `toHtml` escapes. */
export function markMentions(text: string, mentions: Mentions, toHtml: (text: string) => string) {
  const names = new Set(mentions.split(' '))
  let html = ''
  let end = 0
  for (const { 1: word = '', index } of text.matchAll(MENTION)) {
    const name = nameOf(word, names)
    if (!name) continue
    const className = names.has(`=${name.toLowerCase()}`) ? 'mention mention-own' : 'mention'
    html += `${toHtml(text.slice(end, index))}<span class="${className}">@${name}</span>`
    end = index + 1 + name.length
  }
  return html + toHtml(text.slice(end))
}

/** "@bob." calls bob as well as "bob.". */
function nameOf(word: string, names: Set<string>): string | undefined {
  return [word, word.replace(/[._-]+$/, '')].find((candidate) => {
    const name = candidate.toLowerCase()
    return names.has(name) || names.has(`=${name}`)
  })
}
