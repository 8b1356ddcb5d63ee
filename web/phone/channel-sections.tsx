/** A channel on its page: following, muting, and its administrators. */

import type { ChannelView } from '../../simulator/src/control-answers.js'
import { useTexts } from '../shared/texts.js'
import { chatTexts } from './chat-words.js'
import { useActions, useView } from './phone-context.js'
import { contactOf, peopleOf } from './phone-state.js'
import { ActionRow, ChoiceRow, type Option, Section, TextRow, ToggleRow } from './set-rows.js'

interface ChannelProps {
  readonly channel: ChannelView
}

export function ChannelSections({ channel }: ChannelProps) {
  const isRun = channel.role === 'owner' || channel.role === 'admin'
  return (
    <>
      <Following channel={channel} />
      {isRun && <Administration channel={channel} />}
    </>
  )
}

function useAct({ id }: ChannelView) {
  const { api, attempt } = useActions()
  return (name: string, body: object): Promise<boolean> =>
    attempt(() => api.channelAct(id, name, body))
}

function Following({ channel }: ChannelProps) {
  const { channels: words, muted: mutedLabel } = useTexts(chatTexts)
  const { go } = useActions()
  const act = useAct(channel)
  const { role, followers, muted, description, invited } = channel
  const end = async (name: 'unfollow' | 'delete'): Promise<void> => {
    if (await act(name, {})) go({ screen: 'updates' })
  }
  return (
    <Section>
      <p className="faint">{words.followers(followers)}</p>
      {description !== '' && <p>{description}</p>}
      {role === 'guest' ? (
        <ActionRow icon="plus" label={words.follow} act={() => void act('follow', {})} />
      ) : (
        <ToggleRow label={mutedLabel} isOn={muted} change={(on) => void act('mute', { on })} />
      )}
      {invited && (
        <ActionRow
          icon="check"
          label={words.acceptInvitation}
          act={() => void act('accept-invitation', {})}
        />
      )}
      {role === 'owner' && (
        <ActionRow icon="trash" label={words.delete} act={() => void end('delete')} look="danger" />
      )}
      {(role === 'admin' || role === 'follower') && (
        <ActionRow
          icon="cross"
          label={words.unfollow}
          act={() => void end('unfollow')}
          look="danger"
        />
      )}
    </Section>
  )
}

function Administration({ channel }: ChannelProps) {
  const { channels: words, group, save } = useTexts(chatTexts)
  const { state } = useView()
  const act = useAct(channel)
  const { name, admins, role } = channel
  const options: readonly Option[] = [
    ['', group.choose],
    ...peopleOf(state)
      .filter(({ id }) => !admins.includes(id))
      .map(({ id, name: person }) => [id, person] as const),
  ]
  return (
    <Section title={words.admins}>
      <TextRow
        label={words.name}
        value={name}
        button={save}
        maxLength={100}
        save={(wanted) => void act('rename', { name: wanted })}
      />
      {role === 'owner' &&
        admins.map((person) => (
          <ActionRow
            key={person}
            icon="cross"
            label={words.removeAdmin(contactOf(state, person).name)}
            act={() => void act('remove-admin', { person })}
            look="danger"
          />
        ))}
      {role === 'owner' && (
        <ChoiceRow
          label={words.inviteAdmin}
          options={options}
          chosen=""
          choose={(person) => void act('invite-admin', { person })}
        />
      )}
    </Section>
  )
}
