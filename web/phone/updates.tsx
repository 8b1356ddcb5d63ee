/** Statuses of the last day by person, and channels: those followed, others to follow, and a new one. */

import type { ChannelView } from '../../simulator/src/control-answers.js'
import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { chatTexts } from './chat-words.js'
import { stampOf } from './days.js'
import { fileFacts } from './file-facts.js'
import { useActions, useView } from './phone-context.js'
import { contactOf, peopleOf, type Stories, storiesOf } from './phone-state.js'
import { hashOf, type Route } from './route.js'
import { Section, TextRow } from './set-rows.js'
import { phoneTexts } from './words.js'

const MAX_FILE_BYTES = 16 * 1024 * 1024

export function UpdatesScreen() {
  const words = useTexts(chatTexts)
  return (
    <section className="screen">
      <Bar title={words.updates} />
      <div className="scroll page">
        <NewStatus />
        <Statuses />
        <Channels />
      </div>
    </section>
  )
}

function NewStatus() {
  const { stories: words } = useTexts(chatTexts)
  const { fileTooLarge } = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt, say } = useActions()
  const to = peopleOf(state).map(({ id }) => id)
  const post = (what: object): void =>
    void attempt(async () => {
      await api.postStatus({ ...what, to })
      say(words.posted)
    })
  const postFile = async (file: File): Promise<void> => {
    if (file.size > MAX_FILE_BYTES) return say(fileTooLarge)
    const kind = file.type.startsWith('video/') ? 'video' : 'image'
    post({ [kind]: await fileFacts(kind, file) })
  }
  return (
    <Section title={words.title}>
      <TextRow
        label={words.text}
        button={words.post}
        maxLength={700}
        clears
        save={(text) => {
          if (text !== '') post({ text })
        }}
      />
      <label className="text-button file-button">
        {words.file}
        <input
          type="file"
          className="unseen"
          accept="image/jpeg,image/png,video/mp4"
          onChange={({ target: { files } }) => {
            const [file] = files ?? []
            if (file) void postFile(file)
          }}
        />
      </label>
    </Section>
  )
}

function Statuses() {
  const { stories: words } = useTexts(chatTexts)
  const { state } = useView()
  const people = storiesOf(state)
  return (
    <Section>
      {people.length === 0 && <p className="faint">{words.none}</p>}
      {people.map((each) => (
        <StatusRow key={each.from} {...each} />
      ))}
    </Section>
  )
}

function StatusRow({ from, stories }: Stories) {
  const { stories: words } = useTexts(chatTexts)
  const phoneWords = useTexts(phoneTexts)
  const { state, now, settings } = useView()
  const name = from === state.phone?.phone ? words.mine : contactOf(state, from).name
  const isNew = stories.some(({ fromMe, status }) => !fromMe && status !== 'read')
  const time = stampOf(stories.at(-1)?.at ?? 0, now, settings, phoneWords)
  return (
    <LinkRow
      to={{ screen: 'status', from }}
      id={from}
      name={name}
      about={isNew ? `${time} · ${words.isNew}` : time}
      look={isNew ? 'link-row link-row--new' : 'link-row'}
    />
  )
}

function Channels() {
  const { channels: words } = useTexts(chatTexts)
  const { add } = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt } = useActions()
  const followed = state.channels.filter(({ role }) => role !== 'guest')
  const others = state.channels.filter(({ role }) => role === 'guest')
  return (
    <>
      <Section title={words.title}>
        {followed.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
        <TextRow
          label={words.make}
          button={add}
          maxLength={100}
          clears
          save={(name) => {
            if (name !== '') void attempt(() => api.makeChannel(name))
          }}
        />
      </Section>
      {others.length > 0 && (
        <Section title={words.find}>
          {others.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </Section>
      )}
    </>
  )
}

function ChannelRow({ channel }: { readonly channel: ChannelView }) {
  const { channels: words } = useTexts(chatTexts)
  const { id, name, followers, role } = channel
  return (
    <LinkRow
      to={{ screen: role === 'guest' ? 'info' : 'chat', chat: id }}
      id={id}
      name={name}
      about={words.followers(followers)}
      look="link-row"
    />
  )
}

interface LinkRowProps {
  readonly to: Route
  readonly id: string
  readonly name: string
  readonly about: string
  readonly look: string
}

function LinkRow({ to, id, name, about, look }: LinkRowProps) {
  return (
    <a className={look} href={hashOf(to)}>
      <Avatar id={id} name={name} />
      <span className="chat-row__name">{name}</span>
      <span className="chat-row__text">{about}</span>
    </a>
  )
}
