/** Everything that can be set of a number, in groups. */

import type { ReactNode } from 'react'
import type { EndpointKind } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { AgentsCard } from '../agents-card.js'
import { useApp } from '../app.js'
import { CodeTimes } from '../code-times.js'
import { Ending } from '../ending.js'
import { SendingLimits } from '../sending-limits.js'
import type { Words } from '../words-en.js'
import { Callers, ClientToken, Token } from './access.js'
import { AllNumbers } from './all-numbers.js'
import { Receiving, Sending } from './behaviour.js'
import { Addresses, CallbackSecret, Told } from './callbacks.js'
import { Name, Profile } from './number.js'
import { Pacing } from './pacing.js'
import { ProxyCard } from './proxy.js'
import { RetentionCard } from './retention.js'
import type { SettingsProps } from './saved.js'
import { settingsTexts } from './words.js'

/** What can be told, in the order in which it is shown. */
function kindsOf({ kinds }: Words): readonly EndpointKind[] {
  return Object.keys(kinds).filter((kind): kind is EndpointKind => kind in kinds)
}

const groups = [
  'number',
  'sending',
  'receiving',
  'callbacks',
  'access',
  'connection',
  'all',
  'end',
] as const
type GroupName = (typeof groups)[number]

export function SettingsTab({ instance }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  return (
    <>
      <nav className="contents" aria-label={words.contents}>
        {groups.map((name) => (
          <a key={name} href={`#${name}`}>
            {words.groups[name]}
          </a>
        ))}
      </nav>
      <Group name="number">
        <Name instance={instance} />
        <Profile instance={instance} />
      </Group>
      <Group name="sending">
        <Sending instance={instance} />
        <SendingLimits id={instance.id} isPool={false} />
        <Pacing instance={instance} />
        <CodeTimes instance={instance} />
      </Group>
      <Group name="receiving">
        <Receiving instance={instance} />
        <RetentionCard instance={instance} />
      </Group>
      <Group name="callbacks">
        <Addresses instance={instance} kinds={kindsOf(app.words)} hint={words.addressesHint} />
        <Told instance={instance} />
        <CallbackSecret instance={instance} />
      </Group>
      <Group name="access">
        <ClientToken instance={instance} />
        <Callers instance={instance} />
        <Token instance={instance} />
        <AgentsCard id={instance.id} />
      </Group>
      <Group name="connection">
        <ProxyCard instance={instance} />
      </Group>
      <Group name="all">
        <AllNumbers />
      </Group>
      <Group name="end">
        <Ending instance={instance} />
      </Group>
    </>
  )
}

interface GroupProps {
  readonly name: GroupName
  readonly children: ReactNode
}

function Group({ name, children }: GroupProps) {
  const words = useTexts(settingsTexts)
  return (
    <section className="settings-group" id={name} aria-label={words.groups[name]}>
      <p className="settings-group__name" aria-hidden="true">
        {words.groups[name]}
      </p>
      {children}
    </section>
  )
}
