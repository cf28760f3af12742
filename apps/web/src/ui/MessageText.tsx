import { useMarkdown } from '../lib/text/use-markdown.ts'

/** The text of a message as its author meant it: Markdown, links, line breaks. */
export function MessageText({ text }: { text: string }) {
  const html = useMarkdown(text)
  if (html === null) {
    return (
      <div className="prose">
        <p className="whitespace-pre-wrap">{text}</p>
      </div>
    )
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitised in lib/text
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
}
