/** The rows of a conversation: its messages, and the notes between them. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { albumsIn } from './albums.js'
import { dayOf, daysOf } from './days.js'
import type { View } from './phone-context.js'
import type { Words } from './words.js'

export type Row = { readonly key: string } & (
  | { readonly kind: 'note'; readonly text: string; readonly look: 'day' | 'unread' | 'encryption' }
  | { readonly kind: 'message'; readonly message: MessageView; readonly isFirst: boolean }
  | {
      readonly kind: 'album'
      readonly messages: readonly MessageView[]
      readonly isFirst: boolean
    }
)

/** What was unread when the chat was opened. The note about it stands above the first one. */
export interface Unread {
  readonly firstId: string
  readonly count: number
}

export function rowsOf(
  messages: readonly MessageView[],
  unread: Unread | undefined,
  { settings, now }: Pick<View, 'settings' | 'now'>,
  words: Words,
  hasEarlier = false,
): readonly Row[] {
  const rows: Row[] = []
  const encryption = { kind: 'note', key: 'encryption', look: 'encryption' } as const
  const isFirstUnread = ({ id }: MessageView): boolean => id === unread?.firstId
  daysOf(messages, settings).forEach((day, index) => {
    const text = dayOf(day.at, now, settings, words)
    rows.push({ kind: 'note', key: `day ${day.at}`, look: 'day', text })
    if (index === 0 && !hasEarlier) rows.push({ ...encryption, text: words.encryption })
    let author: string | undefined
    for (const some of albumsIn(day.messages, settings.client, isFirstUnread)) {
      const [message] = some
      if (message === undefined) continue
      if (unread !== undefined && isFirstUnread(message)) {
        const note = { kind: 'note', key: 'unread', look: 'unread' } as const
        rows.push({ ...note, text: words.unread(unread.count) })
        author = undefined
      }
      const row = { key: message.id, isFirst: author !== message.from }
      author = message.from
      if (some.length > 1) rows.push({ ...row, kind: 'album', messages: some })
      else rows.push({ ...row, kind: 'message', message })
    }
  })
  if (messages.length === 0) rows.push({ ...encryption, text: words.encryption })
  return rows
}
