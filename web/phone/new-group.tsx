/** A new group: its name, and its members. Or one that the phone was invited to by a link. */

import type { SubmitEvent } from 'react'
import { useTexts } from '../shared/texts.js'
import { Bar } from './bar.js'
import { chatTexts } from './chat-words.js'
import { formText } from './form-text.js'
import { useActions, useView } from './phone-context.js'
import { peopleOf } from './phone-state.js'
import { Section, TextRow } from './set-rows.js'

export function NewGroupScreen() {
  const { group: words } = useTexts(chatTexts)
  return (
    <section className="screen">
      <Bar title={words.make} back={{ screen: 'new-chat' }} />
      <div className="scroll page">
        <Make />
        <Join />
      </div>
    </section>
  )
}

function Make() {
  const { group: words } = useTexts(chatTexts)
  const { state } = useView()
  const { api, attempt, go, say } = useActions()
  const make = async (subject: string, people: readonly string[]): Promise<void> => {
    if (people.length === 0) return say(words.chooseParticipant)
    await attempt(async () => {
      const { id, notAdded } = await api.makeGroup(subject, people)
      if (notAdded.length > 0) say(words.notAdded(notAdded.length))
      go({ screen: 'chat', chat: id })
    })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const people = data.getAll('people').map(String)
    void make(formText(data, 'subject'), people)
  }
  return (
    <form className="link-form" onSubmit={submit}>
      <label className="field__label" htmlFor="group-name">
        {words.name}
      </label>
      <input id="group-name" name="subject" className="field" maxLength={100} required />
      {peopleOf(state).map(({ id, name }) => (
        <label key={id} className="set-row">
          <span className="set-row__label">{name}</span>
          <input type="checkbox" className="toggle" name="people" value={id} />
        </label>
      ))}
      <button className="button" type="submit">
        {words.make}
      </button>
    </form>
  )
}

function Join() {
  const { group: words } = useTexts(chatTexts)
  const { api, attempt, say } = useActions()
  const join = (text: string): void => {
    const code = text.split('/').at(-1)?.split('?')[0] ?? ''
    void attempt(async () => {
      say((await api.joinGroup(code)) === 'asked' ? words.asked : words.joined)
    })
  }
  return (
    <Section title={words.byLink}>
      <TextRow label={words.link} button={words.join} maxLength={200} clears save={join} />
    </Section>
  )
}
