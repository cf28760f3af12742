const MARKS = /(\*\*|__|~~|`{1,3}|^>\s?|^\s*[-*]\s)/gm
const EMOJI_ONLY = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|\s)+$/v
const EMOJI_MAX = 6

/** One line for lists and quotes, without the marks of Markdown. */
export function plainLine(text: string): string {
  return text.replace(MARKS, '').replace(/\s+/g, ' ').trim()
}

/** A few emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '' || !EMOJI_ONLY.test(trimmed)) return false
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ''))].length <= EMOJI_MAX
}
