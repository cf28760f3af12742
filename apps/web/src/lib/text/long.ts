/** About as wide as a message becomes. */
const LINE_CHARACTERS = 72
/** A screenful; what is a little longer than the folded part would gain nothing. */
const LINES_MAX = 28

/** Whether a text takes more than a screen, so that it is folded at first. */
export function isLong(text: string): boolean {
  let lines = 0
  for (const line of text.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / LINE_CHARACTERS))
    if (lines > LINES_MAX) return true
  }
  return false
}
