/** Whether one of the words or phrases is in the text, as whole words in whatever case. */
export function namesKeyword(text: string, keywords: string[]): boolean {
  const folded = text.normalize('NFKC').toLowerCase()
  return keywords.some((keyword) => hasWords(folded, keyword.normalize('NFKC').toLowerCase()))
}

const PART_OF_WORD = /[\p{L}\p{N}\p{M}_]/u

function hasWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
    const [after = ''] = text.slice(at + words.length, at + words.length + 2)
    const isWhole =
      !(PART_OF_WORD.test(before) && PART_OF_WORD.test(words)) &&
      !(PART_OF_WORD.test(after) && PART_OF_WORD.test(words))
    if (isWhole) return true
  }
  return false
}
