import type { TextMessage } from '@chatapp/protocol'
import { create } from 'zustand'

export interface MessageDialogState {
  kind: 'unsend' | 'seen' | 'why' | 'react'
  message: TextMessage
}

/** What is asked or told about a message. Here, because its row may scroll away meanwhile. */
export const useDialog = create<{ dialog: MessageDialogState | null }>(() => ({ dialog: null }))

export function openDialog(dialog: MessageDialogState): void {
  useDialog.setState({ dialog })
}

export function closeDialog(): void {
  useDialog.setState({ dialog: null })
}
