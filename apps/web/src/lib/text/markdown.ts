import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { type Mentions, markMentions } from './mentions.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
  'image',
  'heading',
  'lheading',
  'hr',
  'table',
  'reference',
])

markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true })
markdown.validateLink = (url) => /^(https?:|mailto:)/i.test(url.trim())

markdown.renderer.rules.text = (tokens, index, ...[, env]) => {
  const text = tokens[index]?.content ?? ''
  // Given to `render` below.
  const { mentions } = env as { mentions: Mentions }
  return markMentions(text, mentions, markdown.utils.escapeHtml)
}

const ALLOWED_TAGS = [
  'span',
  'p',
  'br',
  'strong',
  'em',
  's',
  'a',
  'code',
  'pre',
  'ul',
  'ol',
  'li',
  'blockquote',
]
const ALLOWED_ATTR = ['href', 'class', 'start']

const purifier = typeof window === 'undefined' ? null : DOMPurify(window)
purifier?.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return
  node.setAttribute('target', '_blank')
  node.setAttribute('rel', 'noopener noreferrer nofollow')
})

/** The text of a message as harmless HTML. Code blocks carry `language-…` for the highlighter. */
export function renderMarkdown(text: string, mentions: Mentions): string {
  const html = markdown.render(text, { mentions })
  if (!purifier) throw new Error('markdown is rendered in a browser')
  return purifier.sanitize(html, { ALLOWED_TAGS, ALLOWED_ATTR, ALLOW_DATA_ATTR: false })
}
