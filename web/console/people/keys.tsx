/** The API keys of programs: making one, and revoking it. */

import { useState } from 'react'
import type { InstancesAnswer } from '../../../gateway/src/console/instance-answers.js'
import type { KeysAnswer, MadeKeyAnswer } from '../../../gateway/src/console/people-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, SelectField, TickField, type Values } from '../form.js'
import { Guarded } from '../guarded.js'
import { dayText } from '../moments.js'
import { Card, Copyable, Problem, Skeleton } from '../parts.js'
import { useKept, useReadAgain, useReading } from '../reading.js'
import { Pill } from '../status.js'
import { peopleTexts } from './words.js'

type Key = KeysAnswer['keys'][number]

const scopes = ['read', 'send', 'manage'] as const

interface Made {
  readonly token: string | undefined
}

export function Keys() {
  const words = useTexts(peopleTexts)
  const { data, refusal } = useReading<KeysAnswer>('keys', { everyMs: 15_000 })
  const [isMaking, setMaking] = useState(false)
  const [{ token }, setMade] = useKept('api key', (): Made => ({ token: undefined }))
  return (
    <>
      {token !== undefined && <NewKey token={token} done={() => setMade({ token: undefined })} />}
      <Card title={words.keys}>
        <p className="hint">{words.keysHint}</p>
        {data === undefined && <Problem refusal={refusal} />}
        {data === undefined && refusal === undefined && <Skeleton rows={2} />}
        {data?.keys.length === 0 && <p className="empty">{words.noKeys}</p>}
        <ul className="sessions">
          {data?.keys.map((key) => (
            <li key={key.id}>
              <KeyRow apiKey={key} />
            </li>
          ))}
        </ul>
        {isMaking ? (
          <Make
            made={(next) => {
              setMade({ token: next })
              setMaking(false)
            }}
            close={() => setMaking(false)}
          />
        ) : (
          <button type="button" className="filled" onClick={() => setMaking(true)}>
            {words.newKey}
          </button>
        )}
      </Card>
    </>
  )
}

function NewKey({ token, done }: { readonly token: string; readonly done: () => void }) {
  const words = useTexts(peopleTexts)
  return (
    <section className="card card--important" aria-live="polite">
      <h2>{words.key}</h2>
      <p>
        <strong>{words.keyOnce}</strong>
      </p>
      <Copyable text={token} label={words.key} />
      <div className="actions">
        <button type="button" className="filled" onClick={done}>
          {words.done}
        </button>
      </div>
    </section>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: Key }) {
  const app = useApp()
  const words = useTexts(peopleTexts)
  const readAgain = useReadAgain()
  const { id, name, instanceIds, isExpired, expiresAt, lastUsedAt } = apiKey
  const revoke = async (): Promise<void> => {
    await ask('DELETE', `keys/${id}`)
    app.say(words.revoked)
    await readAgain('keys')
  }
  const facts = [
    apiKey.scopes.map((each) => words.short[each]).join(' + '),
    instanceIds === undefined ? words.all : words.some(instanceIds.length),
    expiresAt === undefined ? words.never : words.until(dayText(app, expiresAt)),
    lastUsedAt === undefined ? words.unused : words.used(dayText(app, lastUsedAt)),
  ]
  return (
    <>
      <div>
        <strong>{name}</strong> {isExpired && <Pill tone="warn">{words.expired}</Pill>}
        <p className="hint">{facts.join(' · ')}</p>
      </div>
      <Guarded
        ask={words.revoke}
        really={words.revokeReally(name)}
        yes={words.revoke}
        act={revoke}
      />
    </>
  )
}

interface MakeProps {
  readonly made: (token: string) => void
  readonly close: () => void
}

function Make({ made, close }: MakeProps) {
  const { words: common } = useApp()
  const words = useTexts(peopleTexts)
  const readAgain = useReadAgain()
  const { data } = useReading<InstancesAnswer>('instances', { everyMs: 30_000 })
  const make = async (values: Values): Promise<string | undefined> => {
    const chosen = scopes.filter((each) => values.isOn(each))
    if (chosen.length === 0) return words.noScope
    const ids = data?.instances.filter(({ id }) => values.isOn(id)).map(({ id }) => id) ?? []
    const days = values.text('days')
    const { token } = await ask<MadeKeyAnswer>('POST', 'keys', {
      name: values.text('name'),
      scopes: chosen,
      ...(ids.length === 0 ? {} : { instanceIds: ids }),
      ...(days === '' ? {} : { days: Number(days) }),
    })
    made(token)
    await readAgain('keys')
    return undefined
  }
  if (data === undefined) return <Skeleton rows={6} />
  return (
    <Form
      submit={words.makeKey}
      act={make}
      beside={
        <button type="button" onClick={close}>
          {common.cancel}
        </button>
      }
    >
      <Field name="name" label={words.keyName} hint={words.keyNameHint} maxLength={60} autoFocus />
      <fieldset>
        <legend>{words.scopes}</legend>
        {scopes.map((each) => (
          <TickField key={each} name={each} label={words.scope[each]} isOn={false} />
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.instances}</legend>
        <p className="hint">{words.pickHint}</p>
        <Instances instances={data.instances} />
      </fieldset>
      <SelectField
        name="days"
        label={words.expires}
        first="365"
        options={Object.entries(words.days)}
      />
    </Form>
  )
}

/** So many are seen at one look. */
const searchedFrom = 10

/** What the search hides stays chosen. */
function Instances({ instances }: Pick<InstancesAnswer, 'instances'>) {
  const words = useTexts(peopleTexts)
  const [sought, setSought] = useState('')
  const part = sought.trim().toLowerCase()
  return (
    <>
      {instances.length >= searchedFrom && (
        <input
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
          // Enter would make the key.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <div className="pick-list">
        {instances.map(({ id, name }) => (
          <div key={id} hidden={!name.toLowerCase().includes(part)}>
            <TickField name={id} label={name} isOn={false} />
          </div>
        ))}
      </div>
    </>
  )
}
