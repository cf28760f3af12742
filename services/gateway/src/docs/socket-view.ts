import type { AsyncApiDocument, AsyncApiMessage } from '@chatapp/protocol'
import { type Html, html, json, line } from './html.ts'
import { viewFields } from './schema-view.ts'

export interface SocketFrame {
  id: string
  message: AsyncApiMessage
}

/** Frames that the server receives or sends, in the order of the document. */
export function framesOf(document: AsyncApiDocument, action: 'send' | 'receive'): SocketFrame[] {
  return Object.entries(document.components.messages)
    .filter(([id]) => document.operations[`${action}${id}`])
    .map(([id, message]) => ({ id, message }))
}

export function viewFrame(document: AsyncApiDocument, { id, message }: SocketFrame): Html {
  const examples = message.examples.map(({ payload }) => html`<figure>${json(payload)}</figure>`)
  return html`<section class="entry" id="${id}">
<div>
<h3><a href="#${id}"><code>${message.name}</code></a></h3>
<p>${line(message.summary)}</p>
${viewFields(document.components.schemas[id] ?? {})}
</div>
<div class="examples">${examples}</div>
</section>`
}

export function viewCloseCodes(document: AsyncApiDocument): Html {
  const codes = document.channels.socket['x-close-codes'].map(
    ({ code, reason, mayReconnect, description }) => html`<div id="close-${code}">
<dt><code>${code}</code> <span class="type">${reason}${!mayReconnect && '; do not reconnect'}</span></dt>
<dd>${line(description)}</dd>
</div>`,
  )
  return html`<dl class="fields">${codes}</dl>`
}
