const FENCES = /^```\S*$/gm
const MARKS = /(\*\*|__|~~|`{1,3}|^>\s?|^\s*[-*]\s)/gm
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v
const EMOJI_MAX = 6
/** The longest emoji has 15 UTF-16 units. */
const EMOJI_TEXT_MAX = EMOJI_MAX * 16
const LETTER = /\p{L}/u
const segmenter = new Intl.Segmenter()

/** One line for lists and quotes, without the marks of Markdown. */
export function plainLine(text: string): string {
  return text.replace(FENCES, '').replace(MARKS, '').replace(/\s+/g, ' ').trim()
}

/** A few emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  const bare = text.replace(/\s/g, '')
  if (bare === '' || bare.length > EMOJI_TEXT_MAX || LETTER.test(bare)) return false
  const signs = [...segmenter.segment(bare)]
  return signs.length <= EMOJI_MAX && signs.every(({ segment }) => EMOJI.test(segment))
}
