import { useNavigate } from '@tanstack/react-router'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useChat } from '../../lib/chat/hooks.ts'
import { PointMenu } from '../../ui/PointMenu.tsx'
import { ConversationRow } from './ConversationRow.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { SearchMessages } from './ListStates.tsx'
import { countPinned, type ListRow, listRows } from './list-rows.ts'
import { useMenuItems } from './use-menu-items.ts'

interface ConversationListProps {
  ids: string[]
  query: string
  currentId: string | null
}
interface OpenMenu {
  id: string
  at: { x: number; y: number }
}

const ROW_PX = 60

/** Only what is in sight is rendered, so a thousand conversations cost as little as ten. */
export function ConversationList({ ids, query, currentId }: ConversationListProps) {
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const [leaving, setLeaving] = useState<string | null>(null)
  const navigate = useNavigate()
  const isSearch = query.trim() !== ''
  const pinnedCount = useChat((state) => countPinned(ids, state))
  const rows = useMemo(
    () => (isSearch ? plain(ids) : listRows(ids, pinnedCount)),
    [ids, pinnedCount, isSearch],
  )
  const handle = useCurrentInView(rows, currentId)
  function openMenu(event: MouseEvent<HTMLElement>) {
    const row = event.target instanceof Element && event.target.closest<HTMLElement>('[data-row]')
    if (!row) return
    event.preventDefault()
    setMenu({ id: row.dataset.row ?? '', at: pointOf(event, row) })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have links and buttons
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3" onContextMenu={openMenu}>
      <Virtualizer ref={handle} data={rows} as="ul" item="li" itemSize={ROW_PX}>
        {(row) =>
          row.kind === 'heading' ? (
            <Heading key={row.name} name={row.name} />
          ) : (
            <ConversationRow
              key={row.id}
              id={row.id}
              isCurrent={row.id === currentId}
              onMenu={openMenu}
            />
          )
        }
      </Virtualizer>
      {isSearch && (
        <div className="px-2 pt-2">
          <SearchMessages query={query} />
        </div>
      )}
      {menu && (
        <RowMenu {...menu} onLeave={() => setLeaving(menu.id)} onClose={() => setMenu(null)} />
      )}
      {leaving && (
        <LeaveDialog
          conversationId={leaving}
          onClose={() => setLeaving(null)}
          onLeft={() => leaving === currentId && void navigate({ to: '/' })}
        />
      )}
    </div>
  )
}

function RowMenu(props: OpenMenu & { onLeave: () => void; onClose: () => void }) {
  const { id, at, onLeave, onClose } = props
  const items = useMenuItems(id, onLeave)
  return <PointMenu at={at} items={items} onClose={onClose} />
}

function Heading({ name }: { name: 'pinned' | 'recent' }) {
  const { t } = useTranslation('conversations')
  return (
    <h2 className="px-2 pt-3.5 pb-1 text-label tracking-wide text-ink-3 uppercase">{t(name)}</h2>
  )
}

function plain(ids: string[]): ListRow[] {
  return ids.map((id) => ({ kind: 'conversation', id }))
}

/** Where one goes by keyboard or link is not left outside the picture. */
function useCurrentInView(rows: ListRow[], currentId: string | null) {
  const handle = useRef<VirtualizerHandle>(null)
  const latest = useRef(rows)
  latest.current = rows
  useEffect(() => {
    const index = latest.current.findIndex((r) => r.kind === 'conversation' && r.id === currentId)
    if (index >= 0) handle.current?.scrollToIndex(index, { align: 'nearest' })
  }, [currentId])
  return handle
}

/** Opened by a key or a button there is no pointer to go by. */
function pointOf(event: MouseEvent, row: HTMLElement): { x: number; y: number } {
  if (event.type === 'contextmenu' && event.clientX > 0)
    return { x: event.clientX, y: event.clientY }
  const { right, bottom } = row.getBoundingClientRect()
  return { x: right - ROW_PX, y: bottom - ROW_PX / 3 }
}
