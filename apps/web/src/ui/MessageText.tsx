import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mentions } from '../lib/text/mentions.ts'
import { isEmojiOnly } from '../lib/text/plain.ts'
import { useMarkdown } from '../lib/text/use-markdown.ts'

interface MessageTextProps {
  text: string
  mentions?: Mentions
}

/** The text of a message as its author meant it: Markdown, links, line breaks. */
export function MessageText({ text, mentions = '' }: MessageTextProps) {
  const html = useMarkdown(text, mentions)
  if (html !== null) return <Rendered html={html} />
  if (isEmojiOnly(text)) return <p className="text-[34px]/[44px]">{text}</p>
  return (
    <div className="prose">
      <p className="whitespace-pre-wrap">{text}</p>
    </div>
  )
}

function Rendered({ html }: { html: string }) {
  const { t } = useTranslation('timeline')
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!html.includes('<pre>')) return
    import('../lib/text/code-blocks.ts').then(
      ({ dressCodeBlocks }) => {
        const words = { copy: t('copyCode'), copied: t('copied') }
        if (ref.current) dressCodeBlocks(ref.current, words)
      },
      // Offline: it stays plain.
      () => {},
    )
  }, [html, t])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitised in lib/text
  return <div ref={ref} className="prose" dangerouslySetInnerHTML={{ __html: html }} />
}
