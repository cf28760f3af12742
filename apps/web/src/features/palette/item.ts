import type { LucideIcon } from 'lucide-react'
import type { Piece } from '../../lib/text/snippet.ts'

/** A line of the palette. */
export interface Item {
  id: string
  label: string
  hint: string
  icon?: LucideIcon
  avatar?: { id: string; url: string | null; shape: 'person' | 'group' }
  /** Of a message: its text, in place of the label. */
  pieces?: Piece[]
  run: () => void
}

export interface Section {
  name: 'recent' | 'conversations' | 'people' | 'messages' | 'actions'
  items: Item[]
}
