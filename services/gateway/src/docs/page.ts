import {
  type AsyncApiDocument,
  ERRORS,
  errorCodes,
  errorNotes,
  type OpenApiDocument,
} from '@chatapp/protocol'
import { Html, html, line, prose } from './html.ts'
import { endpointsOf, viewEndpoint } from './rest-view.ts'
import { viewFields } from './schema-view.ts'
import { framesOf, viewCloseCodes, viewFrame } from './socket-view.ts'
import { STYLE } from './style.ts'

export interface Documents {
  openApi: OpenApiDocument
  asyncApi: AsyncApiDocument
}

interface Chapter {
  id: string
  title: string
  entries: { id: string; label: Html | string; note?: string }[]
  content: Html
}

/** The whole contract on one page, without a script. */
export function renderPage(documents: Documents): string {
  const { info } = documents.openApi
  const chapters = [...restChapters(documents), ...socketChapters(documents), ...lists(documents)]
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ChatApp API</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><h1>ChatApp API</h1><p>${info.version} · <a href="/openapi.json">openapi.json</a> · <a href="/asyncapi.json">asyncapi.json</a></p></header>
<nav aria-label="Contents">${chapters.map(viewContents)}</nav>
<main id="content">
<section class="chapter"><h2>The idea</h2>${prose(info.description)}</section>
${chapters.map(viewChapter)}
</main>
</body>
</html>
`
  return page.text
}

function restChapters({ openApi }: Documents): Chapter[] {
  return openApi.tags.map(({ name, description }) => {
    const endpoints = endpointsOf(openApi, name)
    return {
      id: name,
      title: name.charAt(0).toUpperCase() + name.slice(1),
      entries: endpoints.map(({ method, operation: { operationId, summary } }) => ({
        id: operationId,
        label: summary.split(';')[0] ?? summary,
        note: method,
      })),
      content: html`<p>${description}</p>${endpoints.map(viewEndpoint)}`,
    }
  })
}

function socketChapters({ asyncApi }: Documents): Chapter[] {
  const chapterOf = (action: 'send' | 'receive', title: string, opening: Html): Chapter => {
    const frames = framesOf(asyncApi, action)
    return {
      id: `socket-${action}`,
      title,
      entries: frames.map(({ id, message }) => ({ id, label: html`<code>${message.name}</code>` })),
      content: html`${opening}${frames.map((frame) => viewFrame(asyncApi, frame))}`,
    }
  }
  return [
    chapterOf('receive', 'Socket: you send', prose(asyncApi.info.description)),
    chapterOf('send', 'Socket: you receive', html``),
  ]
}

function lists({ openApi, asyncApi }: Documents): Chapter[] {
  const frames = Object.keys(asyncApi.components.messages)
  const shared = { ...asyncApi.components.schemas, ...openApi.components.schemas }
  const names = Object.keys(shared)
    .filter((name) => !frames.includes(name))
    .sort()
  const viewSchema = (name: string) => html`<section class="entry" id="schema-${name}">
<div><h3><a href="#schema-${name}">${name}</a></h3>${viewFields(shared[name] ?? {})}</div>
</section>`
  return [
    { id: 'close-codes', title: 'Close codes', entries: [], content: viewCloseCodes(asyncApi) },
    { id: 'errors', title: 'Errors', entries: [], content: viewErrors() },
    {
      id: 'shapes',
      title: 'Shapes',
      entries: names.map((name) => ({ id: `schema-${name}`, label: name })),
      content: html`${names.map(viewSchema)}`,
    },
  ]
}

function viewErrors(): Html {
  const errors = errorCodes.map((code) => {
    const { status, retryable } = ERRORS[code]
    return html`<div id="error-${status}">
<dt><code>${code}</code> <span class="type">${status}${retryable && ', worth trying again'}</span></dt>
<dd>${line(errorNotes[code])}</dd>
</div>`
  })
  return html`<dl class="fields">${errors}</dl>`
}

function viewContents({ id, title, entries }: Chapter): Html {
  if (entries.length === 0) return html`<p><a href="#${id}">${title}</a></p>`
  const links = entries.map(
    (entry) =>
      html`<li><a href="#${entry.id}">${entry.label}${entry.note && html` <small>${entry.note}</small>`}</a></li>`,
  )
  return html`<details><summary>${title}</summary><ul><li><a href="#${id}">All of it</a></li>${links}</ul></details>`
}

function viewChapter({ id, title, content }: Chapter): Html {
  return html`<section class="chapter" id="${id}"><h2><a href="#${id}">${title}</a></h2>${content}</section>`
}
