import { replaceIn } from '../../lib/text/replace-in.ts'

export function insertAtCaret(field: HTMLTextAreaElement, text: string): void {
  replaceIn(field, text, { start: field.selectionStart, end: field.selectionEnd })
}

/** A sign needs a space before it to start a word. */
export function startMention(field: HTMLTextAreaElement): void {
  const before = field.value.slice(0, field.selectionStart)
  insertAtCaret(field, before === '' || /\s$/.test(before) ? '@' : ' @')
}
