/** How instances and messages stand, at a glance: a word on a colour, and the ticks of WhatsApp. */

import type { ReactNode } from 'react'
import type { InstanceState, InstanceSummary } from '../../gateway/src/console/instance-answers.js'
import type { MessageStatus } from '../../gateway/src/console/message-answers.js'
import { Ticks } from '../bubble/icons.js'
import { useApp } from './app.js'

interface PillProps {
  readonly tone: string
  /** The whole sentence, where the pill has a word. */
  readonly title?: string
  readonly children: ReactNode
}

export function Pill({ tone, title, children }: PillProps) {
  return (
    <span className={`pill pill--${tone}`} title={title}>
      {children}
    </span>
  )
}

const toneOfState: Readonly<Record<InstanceState, string>> = {
  idle: 'quiet',
  connecting: 'busy',
  pairing: 'busy',
  open: 'good',
  waiting: 'warn',
  ended: 'bad',
}

/** With what else is the matter with it. */
export function InstanceMark({
  state,
  restrictedUntil,
  cancelledAt,
  disconnection,
}: Pick<InstanceSummary, 'state' | 'restrictedUntil' | 'cancelledAt' | 'disconnection'>) {
  const { words } = useApp()
  const isResting = state === 'idle' || state === 'ended'
  const ends: Readonly<Record<string, string>> = words.ends
  const end = isResting && disconnection !== undefined ? ends[disconnection.reason] : undefined
  const isRestricted = restrictedUntil !== undefined
  const isOut = cancelledAt !== undefined
  return (
    // Another mark takes its place; no part of it moves.
    <span className="pills" key={`${state} ${end} ${isRestricted} ${isOut}`}>
      <Pill tone={end === undefined ? toneOfState[state] : toneOfEnd(disconnection)}>
        {end ?? words.states[state]}
      </Pill>
      {isRestricted && <Pill tone="warn">{words.instances.restricted}</Pill>}
      {isOut && <Pill tone="bad">{words.instances.outOfUse}</Pill>}
    </span>
  )
}

function toneOfEnd(disconnection: InstanceSummary['disconnection']): string {
  const isWanted = ['closed-by-us', 'pairing-timed-out'].includes(disconnection?.reason ?? '')
  return isWanted ? 'quiet' : 'bad'
}

const toneOfStatus: Readonly<Record<MessageStatus, string>> = {
  queued: 'quiet',
  sending: 'busy',
  unknown: 'warn',
  sent: 'busy',
  delivered: 'good',
  read: 'good',
  played: 'good',
  failed: 'bad',
  expired: 'bad',
  cancelled: 'quiet',
}

interface StatusProps {
  readonly status: MessageStatus
  /** What it waits for: in the place of its status, so that no row grows. */
  readonly held?: { readonly short: string; readonly whole: string } | undefined
  /** In small letters behind it. */
  readonly beside?: string | undefined
}

export function StatusMark({ status, held, beside }: StatusProps) {
  const { words } = useApp()
  return (
    <span className="pills" key={status}>
      {held === undefined ? (
        <Pill tone={toneOfStatus[status]}>{words.statuses[status]}</Pill>
      ) : (
        <Pill tone="warn" title={held.whole}>
          {held.short}
        </Pill>
      )}
      <StatusTicks status={status} />
      {beside !== undefined && <span className="faint small-text">{beside}</span>}
    </span>
  )
}

type Picture = 'sent' | 'delivered' | 'read'

const pictureOf: Readonly<Partial<Record<MessageStatus, Picture>>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
}

/** One is sent, two are delivered, blue is read. */
function StatusTicks({ status }: { readonly status: MessageStatus }) {
  const { words } = useApp()
  const picture = pictureOf[status]
  if (picture === undefined) return undefined
  return (
    <span className={`ticks-place ticks-place--${picture}`}>
      <span className="ticks-picture">
        <Ticks name={picture === 'read' ? 'delivered' : picture} />
      </span>
      <span className="unseen">{words.ticks[picture]}</span>
    </span>
  )
}
