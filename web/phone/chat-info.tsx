/** What a person made of one chat, and can make of it: archive, pin, mute, mark, label, time, block, clear, delete. */

import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { ChannelSections } from './channel-sections.js'
import { isMutedAt, muteEnd } from './chat-mute.js'
import { chatTexts } from './chat-words.js'
import { GroupSections } from './group-sections.js'
import { labelColour } from './label-colour.js'
import { useActions, useView } from './phone-context.js'
import { chatStateOf, contactOf, shownNumber } from './phone-state.js'
import { ActionRow, ChoiceRow, Section, TextRow, ToggleRow } from './set-rows.js'
import { phoneTexts } from './words.js'

const timers = [0, 86_400, 604_800, 7_776_000] as const

interface ChatProps {
  readonly chat: string
}

export function ChatInfoScreen({ chat }: ChatProps) {
  const words = useTexts(chatTexts)
  const { state } = useView()
  const channel = state.channels.find(({ id }) => id === chat)
  const group = state.groups.find(({ id }) => id === chat)
  return (
    <section className="screen">
      <Bar title={words.info} back={{ screen: 'chat', chat }} />
      <div className="scroll page">
        <Head chat={chat} />
        {channel && <ChannelSections channel={channel} />}
        {!channel && <State chat={chat} />}
        {!channel && state.phone?.business === true && <Labels chat={chat} />}
        {group && <GroupSections group={group} />}
        {!channel && <End chat={chat} />}
      </div>
    </section>
  )
}

function Head({ chat }: ChatProps) {
  const words = useTexts(chatTexts)
  const phoneWords = useTexts(phoneTexts)
  const { state } = useView()
  const contact = contactOf(state, chat)
  const text = state.groups.find(({ id }) => id === chat)?.description
  const about = contact.members
    ? phoneWords.members(contact.members.length)
    : contact.isChannel
      ? words.channel
      : shownNumber(chat)
  return (
    <div className="info-head">
      <Avatar {...contact} />
      <p className="info-head__name">{contact.name}</p>
      <p className="faint">{about}</p>
      {text !== undefined && <p className="info-head__text">{text}</p>}
    </div>
  )
}

function State({ chat }: ChatProps) {
  const words = useTexts(chatTexts)
  const { state, now } = useView()
  const { api, attempt } = useActions()
  const made = chatStateOf(state, chat)
  const isGroup = contactOf(state, chat).members !== undefined
  const act = (name: string, body: object): void =>
    void attempt(() => api.chatAct(chat, name, body))
  const muted = isMutedAt(made, now) ? (made.mutedUntil === 'always' ? 'always' : 'hours') : 'never'
  return (
    <Section>
      <ToggleRow
        label={words.pinned}
        isOn={made.pinnedAt !== undefined}
        change={(on) => act('pin', { on })}
      />
      <ToggleRow
        label={words.archived}
        isOn={made.archived === true}
        change={(on) => act('archive', { on })}
      />
      <ToggleRow
        label={words.markedUnread}
        isOn={made.markedUnread === true}
        change={(on) => act('read', { on: !on })}
      />
      <ChoiceRow
        label={words.mute}
        options={(['never', 'hours', 'week', 'always'] as const).map((value) => [
          value,
          words.mutes[value],
        ])}
        chosen={muted}
        choose={(value) => act('mute', { until: muteEnd(value, Date.now()) })}
      />
      <ChoiceRow
        label={words.timer}
        options={timers.map((seconds) => [String(seconds), words.timers[seconds]])}
        chosen={String(made.timerSeconds ?? 0)}
        choose={(value) => act('timer', { seconds: Number(value) })}
      />
      {!isGroup && (
        <ToggleRow
          label={words.blocked}
          isOn={made.blocked === true}
          change={(on) => act('block', { on })}
        />
      )}
    </Section>
  )
}

function Labels({ chat }: ChatProps) {
  const words = useTexts(chatTexts)
  const { add } = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt } = useActions()
  const { labels } = state
  const put = (label: string, on: boolean) => api.chatAct(chat, 'label', { label, on })
  const make = (name: string): void => {
    if (name === '') return
    const id = String(Math.max(0, ...labels.map((label) => Number(label.id))) + 1)
    void attempt(async () => {
      await api.writeLabel({ id, name, color: Number(id) % 20 })
      await put(id, true)
    })
  }
  return (
    <Section title={words.labels}>
      {labels.map(({ id, name, color }) => (
        <ToggleRow
          key={id}
          label={name}
          isOn={chatStateOf(state, chat).labels.includes(id)}
          change={(on) => void attempt(() => put(id, on))}
          mark={<span className={`label-dot label-dot--${labelColour(color)}`} />}
        />
      ))}
      <TextRow label={words.newLabel} button={add} maxLength={100} clears save={make} />
    </Section>
  )
}

function End({ chat }: ChatProps) {
  const words = useTexts(chatTexts)
  const { api, attempt, go } = useActions()
  const act = async (name: string): Promise<void> => {
    if (await attempt(() => api.chatAct(chat, name, {}))) go({ screen: 'chats' })
  }
  return (
    <Section>
      <ActionRow icon="cross" label={words.clear} act={() => void act('clear')} look="danger" />
      <ActionRow icon="trash" label={words.delete} act={() => void act('delete')} look="danger" />
    </Section>
  )
}
