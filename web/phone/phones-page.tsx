/** `/phones`: every phone there is, and a way to add one. With something to do in the address it asks which phone does it. */

import { useEffect, useState } from 'react'
import type { PhoneView } from '../../simulator/src/control-answers.js'
import { useTexts } from '../shared/texts.js'
import { AddPhone } from './add-phone.js'
import { Avatar } from './avatar.js'
import { follow } from './live.js'
import { LookChoices } from './look-choices.js'
import { shownNumber } from './phone-state.js'
import { hashOf, type Route, useRoute } from './route.js'
import type { SettingsProps } from './settings.js'
import { Toast, useNotices } from './toast.js'
import { UnreadBadge } from './unread-badge.js'
import { phoneTexts } from './words.js'

export function PhonesPage({ settings, choose }: SettingsProps) {
  const words = useTexts(phoneTexts)
  const task = taskIn(useRoute())
  const { notice, say } = useNotices()
  const phones = usePhones(() => say(words.lost))
  useEffect(() => {
    document.title = `${words.phones} · Recado`
  }, [words])
  const list = (
    <>
      <ul className="phones__list" aria-label={words.phones}>
        {phones?.map((phone) => (
          <Phone key={phone.phone} phone={phone} task={task} />
        ))}
      </ul>
      {phones?.length === 0 && <p className="faint">{words.noPhones}</p>}
    </>
  )
  return (
    <main className="phones">
      <header className="phones__head">
        <div>
          <h1 className="phones__title">{words[titles[task.kind]]}</h1>
          <p className="faint">{words[hints[task.kind]]}</p>
        </div>
        <div className="phones__switches">
          <LookChoices settings={settings} choose={choose} />
        </div>
      </header>
      {/* A person that came to scan or to sign chooses a phone first. */}
      {task.kind !== 'none' && list}
      <AddPhone say={say} />
      {task.kind === 'none' && list}
      <Toast notice={notice} />
    </main>
  )
}

/** Undefined until the simulator has told of them. */
function usePhones(lost: () => void): readonly PhoneView[] | undefined {
  const [phones, setPhones] = useState<readonly PhoneView[]>()
  const [isLost, setLost] = useState(false)
  useEffect(
    () =>
      follow<{ readonly snapshot: { readonly phones: readonly PhoneView[] } }>('/phones/events', {
        events: {
          snapshot: (change) => {
            setLost(false)
            setPhones(change.phones)
          },
        },
        lost: () => setLost(true),
        refused: () => setLost(true),
      }),
    [],
  )
  useEffect(() => {
    if (isLost) lost()
    // Said once, not again in another language.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isLost])
  return phones
}

/** What another page led here for. */
interface Task {
  readonly kind: 'none' | 'scan' | 'sign'
  /** Behind the address of the phone that does it. */
  readonly hash: string
}

const titles = { none: 'phones', scan: 'whichScans', sign: 'whichSigns' } as const
const hints = { none: 'phonesHint', scan: 'whichScansHint', sign: 'whichSignsHint' } as const

function taskIn(route: Route): Task {
  if (route.screen !== 'linked') return { kind: 'none', hash: '' }
  if (route.sign !== undefined) return { kind: 'sign', hash: hashOf(route) }
  return route.scan === '' ? { kind: 'none', hash: '' } : { kind: 'scan', hash: hashOf(route) }
}

interface PhoneProps {
  readonly phone: PhoneView
  readonly task: Task
}

function Phone({ phone, task }: PhoneProps) {
  const words = useTexts(phoneTexts)
  const facts = [
    phone.online ? words.online : words.offlineShort,
    ...(task.kind === 'sign' && phone.linking?.step === 'continue' ? [words.waitsToSign] : []),
    ...(phone.business ? [words.businessAccount] : []),
    ...(phone.linkedDevices > 0 ? [words.devices(phone.linkedDevices)] : []),
  ]
  return (
    <li>
      <a className="phone-card" href={`/phones/${phone.phone}${task.hash}`}>
        <Avatar id={phone.phone} name={phone.name} />
        <span className="chat-row__name">{phone.name}</span>
        <span className="phone-card__number">{shownNumber(phone.phone)}</span>
        <span
          className={phone.online ? 'phone-card__facts phone-card__facts--on' : 'phone-card__facts'}
        >
          {facts.join(' · ')}
        </span>
        <UnreadBadge count={phone.unread} />
      </a>
    </li>
  )
}
