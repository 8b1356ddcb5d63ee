/** The people of the console with their roles, and the invitations that are open. */

import type {
  MadeInvitationAnswer,
  PeopleAnswer,
} from '../../../gateway/src/console/people-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, SelectField, type Values } from '../form.js'
import { Guarded } from '../guarded.js'
import { dayText } from '../moments.js'
import { Page } from '../page.js'
import { Card, Copyable, Problem, Skeleton } from '../parts.js'
import { useAct, useKept, useReadAgain, useReading } from '../reading.js'
import { type Role, roles, roleTexts } from '../role.js'
import { Pill } from '../status.js'
import { Keys } from './keys.js'
import { peopleTexts } from './words.js'

type Person = PeopleAnswer['people'][number]
type Invitation = PeopleAnswer['invitations'][number]

export function PeoplePage() {
  const words = useTexts(peopleTexts)
  const { data, refusal } = useReading<PeopleAnswer>('people', { everyMs: 15_000 })
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={6} />}
      {data !== undefined && (
        <>
          <Keys />
          <Card title={words.people}>
            <ul className="sessions">
              {data.people.map((person) => (
                <li key={person.id}>
                  <PersonRow person={person} />
                </li>
              ))}
            </ul>
          </Card>
          <Invite />
          <Card title={words.open}>
            {data.invitations.length === 0 && <p className="empty">{words.noOpen}</p>}
            <ul className="sessions">
              {data.invitations.map((invitation) => (
                <li key={invitation.id}>
                  <InvitationRow invitation={invitation} />
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Page>
  )
}

function PersonRow({ person }: { readonly person: Person }) {
  const app = useApp()
  const words = useTexts(peopleTexts)
  const roleNames = useTexts(roleTexts)
  const readAgain = useReadAgain()
  const { id, name, role, isYou, hasSecondFactor, lastSeenAt } = person
  const change = useAct(async (next: Role) => {
    await ask('PUT', `people/${id}/role`, { role: next })
    app.say(words.changed)
    await readAgain('people')
  })
  const remove = async (): Promise<void> => {
    await ask('DELETE', `people/${id}`)
    app.say(words.removed)
    await readAgain('people')
  }
  const seen = lastSeenAt === undefined ? words.notSeen : words.seen(dayText(app, lastSeenAt))
  return (
    <>
      <div>
        <strong>{name}</strong> {isYou && <Pill tone="good">{words.you}</Pill>}
        <p className="hint">{`${hasSecondFactor ? words.factorOn : words.factorOff} · ${seen}`}</p>
      </div>
      <div className="actions">
        <select
          aria-label={words.roleOf(name)}
          value={role}
          disabled={change.isPending}
          onChange={({ currentTarget: { value } }) => {
            const next = roles.find((each) => each === value)
            if (next !== undefined) change.mutate(next)
          }}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleNames[each]}
            </option>
          ))}
        </select>
        <Guarded
          ask={words.remove}
          really={words.removeReally(name)}
          yes={words.removeYes}
          act={remove}
        />
      </div>
    </>
  )
}

interface Link {
  readonly made: MadeInvitationAnswer | undefined
}

function Invite() {
  const app = useApp()
  const words = useTexts(peopleTexts)
  const roleNames = useTexts(roleTexts)
  const readAgain = useReadAgain()
  const [{ made }, setLink] = useKept('invitation', (): Link => ({ made: undefined }))
  const invite = async (values: Values): Promise<undefined> => {
    setLink({
      made: await ask<MadeInvitationAnswer>('POST', 'invitations', {
        role: values.text('role'),
        note: values.text('note'),
        hours: Number(values.text('hours')),
      }),
    })
    await readAgain('people')
  }
  if (made !== undefined)
    return (
      <section className="card card--important" aria-live="polite">
        <h2>{words.link}</h2>
        <p>
          <strong>{words.linkOnce}</strong> {words.until(dayText(app, made.expiresAt))}
        </p>
        <Copyable text={made.url} label={words.link} />
        <div className="actions">
          <button type="button" className="filled" onClick={() => setLink({ made: undefined })}>
            {words.done}
          </button>
        </div>
      </section>
    )
  return (
    <Card title={words.invite}>
      <p className="hint">{words.inviteHint}</p>
      <dl className="facts">
        {roles.map((each) => [
          <dt key={each}>{roleNames[each]}</dt>,
          <dd key={`${each} may`}>{words.may[each]}</dd>,
        ])}
      </dl>
      <Form submit={words.makeLink} act={invite} clears>
        <SelectField
          name="role"
          label={words.role}
          first="viewer"
          options={roles.map((each) => [each, roleNames[each]] as const)}
        />
        <Field
          name="note"
          label={words.note}
          hint={words.noteHint}
          required={false}
          maxLength={100}
        />
        <SelectField
          name="hours"
          label={words.lasts}
          first="72"
          options={Object.entries(words.hours)}
        />
      </Form>
    </Card>
  )
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const app = useApp()
  const words = useTexts(peopleTexts)
  const roleNames = useTexts(roleTexts)
  const readAgain = useReadAgain()
  const { id, role, note, invitedBy, expiresAt } = invitation
  const withdraw = useAct(async () => {
    await ask('DELETE', `invitations/${id}`)
    app.say(words.withdrawn)
    await readAgain('people')
  })
  const by = invitedBy === undefined ? [] : [words.by(invitedBy)]
  return (
    <>
      <div>
        <strong>{note === '' ? '—' : note}</strong> <Pill tone="quiet">{roleNames[role]}</Pill>
        <p className="hint">{[...by, words.until(dayText(app, expiresAt))].join(' · ')}</p>
      </div>
      <button
        type="button"
        className="small"
        disabled={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        {words.withdraw}
      </button>
    </>
  )
}
