/** A group on its page: members and admins, requests to join, what is set, its link, and leaving it. */

import type { GroupView } from '../../simulator/src/control-answers.js'
import type { GroupSwitch } from '../../simulator/src/person-acts.js'
import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { chatTexts } from './chat-words.js'
import { useActions, useView } from './phone-context.js'
import { contactOf, peopleOf } from './phone-state.js'
import { ActionRow, ChoiceRow, type Option, Section, TextRow, ToggleRow } from './set-rows.js'
import { phoneTexts } from './words.js'

const switches: readonly GroupSwitch[] = ['announcement', 'locked', 'approval', 'members-add']

interface GroupProps {
  readonly group: GroupView
}

export function GroupSections({ group }: GroupProps) {
  return (
    <>
      {(group.isAdmin || !group.switches.locked) && <Names group={group} />}
      {group.requesters.length > 0 && <Requests group={group} />}
      <Members group={group} />
      {group.isAdmin && <Settings group={group} />}
      <Leave group={group} />
    </>
  )
}

function useAct({ id }: GroupView) {
  const { api, attempt } = useActions()
  return (name: string, body: object): void => void attempt(() => api.groupAct(id, name, body))
}

function Names({ group }: GroupProps) {
  const { group: words, save } = useTexts(chatTexts)
  const act = useAct(group)
  return (
    <Section>
      <TextRow
        label={words.name}
        value={group.subject}
        button={save}
        maxLength={100}
        save={(subject) => act('rename', { subject })}
      />
      <TextRow
        label={words.description}
        value={group.description ?? ''}
        button={save}
        maxLength={2048}
        save={(text) => act('describe', { text })}
      />
    </Section>
  )
}

function Requests({ group }: GroupProps) {
  const { group: words } = useTexts(chatTexts)
  const act = useAct(group)
  return (
    <Section title={words.requests}>
      {group.requesters.map((phone) => (
        <Person
          key={phone}
          phone={phone}
          acts={[
            [words.approve, () => act('approve', { people: [phone] })],
            [words.reject, () => act('reject', { people: [phone] })],
          ]}
        />
      ))}
    </Section>
  )
}

function Members({ group }: GroupProps) {
  const { group: words } = useTexts(chatTexts)
  const phoneWords = useTexts(phoneTexts)
  const { state } = useView()
  const act = useAct(group)
  const own = state.phone?.phone
  const mayAdd = group.isAdmin || group.switches['members-add']
  const others = peopleOf(state).filter(
    ({ id }) => !group.members.some(({ phone }) => phone === id),
  )
  const options: readonly Option[] = [
    ['', words.choose],
    ...others.map(({ id, name }) => [id, name] as const),
  ]
  const actsOn = (phone: string, isAdmin: boolean): readonly PersonAct[] => {
    if (!group.isAdmin || phone === own) return []
    const people = [phone]
    const rank = isAdmin ? 'demote' : 'promote'
    return [
      [words[rank], () => act(rank, { people })],
      [words.remove, () => act('remove', { people })],
    ]
  }
  return (
    <Section title={phoneWords.members(group.members.length)}>
      {group.members.map(({ phone, isAdmin }) => (
        <Person
          key={phone}
          phone={phone}
          {...(isAdmin ? { role: words.admin } : {})}
          acts={actsOn(phone, isAdmin)}
        />
      ))}
      {mayAdd && others.length > 0 && (
        <ChoiceRow
          label={words.add}
          options={options}
          chosen=""
          choose={(phone) => act('add', { people: [phone] })}
        />
      )}
    </Section>
  )
}

type PersonAct = readonly [label: string, act: () => void]

interface PersonProps {
  readonly phone: string
  readonly role?: string
  readonly acts: readonly PersonAct[]
}

function Person({ phone, role, acts }: PersonProps) {
  const { you } = useTexts(phoneTexts)
  const { state } = useView()
  const contact = contactOf(state, phone)
  const name = phone === state.phone?.phone ? you : contact.name
  return (
    <div className="person-row">
      <Avatar {...contact} name={name} />
      <span className="person-row__name">{name}</span>
      {role !== undefined && <span className="person-row__role">{role}</span>}
      {acts.length > 0 && (
        <span className="person-row__acts">
          {acts.map(([label, act]) => (
            <button
              key={label}
              className="text-button"
              type="button"
              aria-label={`${label}: ${name}`}
              onClick={act}
            >
              {label}
            </button>
          ))}
        </span>
      )}
    </div>
  )
}

function Settings({ group }: GroupProps) {
  const { group: words } = useTexts(chatTexts)
  const { copied } = useTexts(phoneTexts)
  const { copy } = useActions()
  const act = useAct(group)
  return (
    <Section title={words.settings}>
      {switches.map((setting) => (
        <ToggleRow
          key={setting}
          label={words.switches[setting]}
          isOn={group.switches[setting]}
          change={(on) => act('switch', { setting, on })}
        />
      ))}
      <ActionRow
        icon="link"
        label={words.copyLink}
        act={() => copy(`https://chat.whatsapp.com/${group.inviteCode ?? ''}`, copied)}
      />
      <ActionRow icon="forward" label={words.renewLink} act={() => act('renew-link', {})} />
    </Section>
  )
}

function Leave({ group }: GroupProps) {
  const { group: words } = useTexts(chatTexts)
  const { api, attempt, go } = useActions()
  const leave = async (): Promise<void> => {
    if (await attempt(() => api.groupAct(group.id, 'leave', {}))) go({ screen: 'chats' })
  }
  return (
    <Section>
      <ActionRow icon="ban" label={words.leave} act={() => void leave()} look="danger" />
    </Section>
  )
}
