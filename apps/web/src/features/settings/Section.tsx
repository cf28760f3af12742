import type { ReactNode } from 'react'

interface SectionProps {
  id: string
  title: string
  text?: string
  children: ReactNode
}

export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-[68px] border-t border-line py-8 first:border-0 first:pt-2"
    >
      <h2 id={`${id}-title`} className="text-title">
        {title}
      </h2>
      {text && <p className="mt-0.5 text-small text-ink-2">{text}</p>}
      <div className="mt-4">{children}</div>
    </section>
  )
}
