/** The ticks of WhatsApp: one is sent, two are delivered, blue is read. */

import { useMemo } from 'react'
import type { MessageStatus } from '../../gateway/src/console/message-answers.js'
import { ticksIcon } from '../bubble/icons.js'
import { useApp } from './app.js'
import { Mounted } from './parts.js'

type Picture = 'sent' | 'delivered' | 'read'

const pictureOf: Readonly<Partial<Record<MessageStatus, Picture>>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
}

export function Ticks({ status }: { readonly status: MessageStatus }) {
  const { words } = useApp()
  const picture = pictureOf[status]
  const icon = useMemo(
    () => picture && ticksIcon(picture === 'read' ? 'delivered' : picture),
    [picture],
  )
  // Its place stays free, so that nothing moves when the ticks come.
  if (icon === undefined) return <span className="ticks-place" />
  return (
    <span className={`ticks-place ticks-place--${picture}`}>
      <Mounted node={icon} className="ticks-picture" />
      <span className="unseen">{picture && words.ticks[picture]}</span>
    </span>
  )
}
