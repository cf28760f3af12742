const WORD = /[\p{L}\p{N}_]/u

/** Whether one of the words or phrases stands in a text, as a whole and however it is written. */
export function hasKeyword(text: string, keywords: readonly string[]): boolean {
  if (keywords.length === 0) return false
  const folded = fold(text)
  return keywords.some((keyword) => standsIn(folded, fold(keyword)))
}

function standsIn(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isAlone = !WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + word.length] ?? '')
    if (isAlone || hasNoSpaces(word)) return true
  }
  return false
}

/** Chinese and Japanese words touch each other. */
function hasNoSpaces(word: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
