/** The tokens by which AI agents use an instance or a pool: made with a scope, listed, revoked. */

import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, SelectField, type Values } from '../form.js'
import { Guarded } from '../guarded.js'
import { dayText } from '../moments.js'
import { Card, Copyable, Problem, Skeleton } from '../parts.js'
import { useKept, useReadAgain, useReading } from '../reading.js'
import { Pill } from '../status.js'
import { agentsTexts } from './words.js'

/** As the call for programs gives it. */
interface AgentToken {
  readonly id: string
  readonly name: string
  readonly scope: 'read' | 'send'
  /** ISO 8601. */
  readonly created: string
  readonly lastUsed: string | null
}

interface AgentsProps {
  /** Of the instance or the pool. */
  readonly id: string
}

const pathOf = (id: string): string => `instances/${id}/call/integrator/mcp-tokens`
const addressOf = (): string => `${location.origin}/mcp`

interface Making {
  /** Told this once. */
  readonly token: string | undefined
}

export function Agents({ id }: AgentsProps) {
  const words = useTexts(agentsTexts)
  const readAgain = useReadAgain()
  const [{ token }, change] = useKept(`agent ${id}`, (): Making => ({ token: undefined }))
  const make = async (values: Values): Promise<undefined> => {
    const wish = { name: values.text('name'), scope: values.text('scope') }
    const made = await ask<AgentToken & { readonly token: string }>('POST', pathOf(id), wish)
    change({ token: made.token })
    await readAgain(pathOf(id))
  }
  return (
    <>
      {token !== undefined && <Made token={token} done={() => change({ token: undefined })} />}
      <Card title={words.title} least="administrator">
        <p className="hint">{words.hint(addressOf())}</p>
        <Form submit={words.make} act={make} clears>
          <Field name="name" label={words.name} maxLength={60} />
          <SelectField
            name="scope"
            label={words.scope}
            first="read"
            options={Object.entries(words.scopes)}
          />
        </Form>
        <Held id={id} />
      </Card>
    </>
  )
}

function Held({ id }: AgentsProps) {
  const words = useTexts(agentsTexts)
  const { data, refusal } = useReading<{ readonly tokens: readonly AgentToken[] }>(pathOf(id), {
    everyMs: 30_000,
  })
  return (
    <>
      <h3>{words.held}</h3>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={1} />}
      {data?.tokens.length === 0 && <p className="empty">{words.none}</p>}
      <ul className="agents">
        {data?.tokens.map((each) => (
          <li key={each.id}>
            <One id={id} held={each} />
          </li>
        ))}
      </ul>
    </>
  )
}

function One({ id, held }: AgentsProps & { readonly held: AgentToken }) {
  const app = useApp()
  const words = useTexts(agentsTexts)
  const readAgain = useReadAgain()
  const day = (iso: string): string => dayText(app, Date.parse(iso))
  const { name, scope, created, lastUsed } = held
  const revoke = async (): Promise<void> => {
    await ask('DELETE', `${pathOf(id)}/${held.id}`)
    app.say(words.revoked)
    await readAgain(pathOf(id))
  }
  return (
    <>
      <p>
        <strong>{name}</strong>{' '}
        <Pill tone={scope === 'send' ? 'warn' : 'quiet'}>{words.scopeNames[scope]}</Pill>
      </p>
      <p className="faint small-text">
        {words.created(day(created))} ·{' '}
        {lastUsed === null ? words.unused : words.used(day(lastUsed))}
      </p>
      <Guarded ask={words.revoke(name)} really={words.really} yes={words.yes} act={revoke} />
    </>
  )
}

interface MadeProps {
  readonly token: string
  readonly done: () => void
}

function Made({ token, done }: MadeProps) {
  const words = useTexts(agentsTexts)
  const headers = { Authorization: `Bearer ${token}` }
  const recado = { type: 'http', url: addressOf(), headers }
  return (
    <section className="card card--important" aria-live="polite">
      <h2>{words.made}</h2>
      <p>
        <strong>{words.once}</strong>
      </p>
      <p>
        <Copyable text={token} label={words.token} />
      </p>
      <p>{words.settings}</p>
      {/* It scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0} aria-label={words.settings}>
        {JSON.stringify({ mcpServers: { recado } }, null, 2)}
      </pre>
      <div className="actions">
        <button type="button" className="filled" onClick={done}>
          {words.done}
        </button>
      </div>
    </section>
  )
}
