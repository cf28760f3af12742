import { copyText } from './copy.ts'
import { highlightCode } from './highlight.ts'

interface Words {
  copy: string
  copied: string
}

const SAID_FOR_MS = 2_000

/** Gives the code blocks of a rendered message their colours and a button that copies them. */
export function dressCodeBlocks(root: HTMLElement, words: Words): void {
  for (const pre of root.querySelectorAll('pre')) {
    const code = pre.querySelector('code')
    if (!code || pre.parentElement?.className === 'code-block') continue
    const text = code.textContent ?? ''
    const frame = document.createElement('div')
    frame.className = 'code-block'
    pre.replaceWith(frame)
    frame.append(pre, copyButton(text, words))
    // Whoever has no mouse scrolls it with the arrow keys.
    pre.tabIndex = 0
    const language = /language-(\S+)/.exec(code.className)?.[1]
    if (language) void colour(code, text, language.toLowerCase())
  }
}

async function colour(code: Element, text: string, language: string): Promise<void> {
  // Without colours it can be read as well.
  const html = await highlightCode(text.replace(/\n$/, ''), language).catch(() => null)
  if (html === null) return
  const template = document.createElement('template')
  // The highlighter escapes the text.
  template.innerHTML = html
  code.replaceChildren(...(template.content.querySelector('code')?.childNodes ?? []))
}

function copyButton(text: string, { copy, copied }: Words): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = copy
  button.addEventListener('click', () => {
    void copyText(text)
    button.textContent = copied
    setTimeout(() => {
      button.textContent = copy
    }, SAID_FOR_MS)
  })
  return button
}
