/** What can be changed of an instance: its name, how it behaves, who is told, who may call, and its token. */

import type {
  EndpointKind,
  InstanceAnswer,
  RotatedTokenAnswer,
} from '../../gateway/src/console/instance-answers.js'
import { AgentsCard } from './agents-card.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { CodeTimes } from './code-times.js'
import { Ending } from './ending.js'
import { Field, Form, SelectField, TextField, TickField, type Values } from './form.js'
import { dayText } from './moments.js'
import { Card } from './parts.js'
import { useKept, useReadAgain } from './reading.js'
import { SendingLimits } from './sending-limits.js'
import { TokenCard } from './token-card.js'
import type { Words } from './words-en.js'

/** What can be told, in the order in which it is shown. */
function kindsOf({ kinds }: Words): readonly EndpointKind[] {
  return Object.keys(kinds).filter((kind): kind is EndpointKind => kind in kinds)
}

interface SettingsProps {
  readonly instance: InstanceAnswer
}

export function SettingsTab({ instance }: SettingsProps) {
  const { words } = useApp()
  return (
    <>
      <Behaviour instance={instance} />
      <SendingLimits id={instance.id} isPool={false} />
      <CodeTimes instance={instance} />
      <Addresses instance={instance} kinds={kindsOf(words)} hint={words.settings.addressesHint} />
      <Callers instance={instance} />
      <Token instance={instance} />
      <AgentsCard id={instance.id} />
      <Ending instance={instance} />
    </>
  )
}

/** Says that it is saved, and reads it again. */
function useSaved(id: string): () => Promise<undefined> {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  return async () => {
    await readAgain(`instances/${id}`, 'instances')
    say(words.saved)
  }
}

const ticks = [
  'refuseWhileDisconnected',
  'notifySentByMe',
  'tellCodes',
  'clientTokenOptional',
] as const

const buttonForms = ['buttons', 'text', 'both'] as const
const lateSends = ['refuse', 'accept'] as const

function Behaviour({ instance: { id, name, settings } }: SettingsProps) {
  const { words } = useApp()
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    await ask('PATCH', `instances/${id}`, {
      name: values.text('name'),
      settings: {
        refuseWhileDisconnected: values.isOn('refuseWhileDisconnected'),
        notifySentByMe: values.isOn('notifySentByMe'),
        tellCodes: values.isOn('tellCodes'),
        clientTokenOptional: values.isOn('clientTokenOptional'),
        buttonForm: values.text('buttonForm'),
        lateSends: values.text('lateSends'),
      },
    })
    return saved()
  }
  return (
    <Card title={words.settings.behaviour} least="operator">
      <Form submit={words.save} act={save}>
        <Field name="name" label={words.settings.name} defaultValue={name} maxLength={255} />
        <SelectField
          name="buttonForm"
          label={words.settings.buttonForm}
          hint={words.settings.buttonFormHint}
          first={settings.buttonForm}
          options={buttonForms.map((form) => [form, words.settings.buttonForms[form]] as const)}
        />
        <SelectField
          name="lateSends"
          label={words.settings.lateSends}
          hint={words.settings.lateSendsHint}
          first={settings.lateSends}
          options={lateSends.map((each) => [each, words.settings.lateSendsChoices[each]] as const)}
        />
        {ticks.map((each) => (
          <TickField key={each} name={each} label={words.settings[each]} isOn={settings[each]} />
        ))}
        <p className="hint">{words.settings.clientTokenOptionalHint}</p>
      </Form>
    </Card>
  )
}

interface AddressesProps extends SettingsProps {
  readonly kinds: readonly EndpointKind[]
  readonly hint: string
}

export function Addresses({ instance: { id, endpoints }, kinds, hint }: AddressesProps) {
  const { words } = useApp()
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    // Those that go to one place are set at once.
    const byUrl = new Map<string, EndpointKind[]>()
    for (const kind of kinds) {
      const url = values.text(kind).trim()
      if (url !== (endpoints[kind] ?? '')) byUrl.set(url, [...(byUrl.get(url) ?? []), kind])
    }
    for (const [url, changed] of byUrl)
      await ask('PUT', `instances/${id}/endpoints`, { kinds: changed, url })
    return saved()
  }
  return (
    <Card title={words.settings.addresses} least="administrator">
      <p className="hint">{hint}</p>
      <Form submit={words.save} act={save}>
        <Field
          name="all"
          label={words.settings.oneAddress}
          hint={words.settings.oneAddressHint}
          type="url"
          required={false}
          placeholder="https://"
          maxLength={2_048}
          onInput={({ currentTarget: { form, value } }) => fillIn(form, kinds, value)}
        />
        <div className="columns columns--wide">
          {kinds.map((kind) => (
            <Field
              key={kind}
              name={kind}
              label={words.kinds[kind]}
              type="url"
              required={false}
              placeholder="https://"
              defaultValue={endpoints[kind] ?? ''}
              maxLength={2_048}
            />
          ))}
        </div>
      </Form>
    </Card>
  )
}

function fillIn(form: HTMLFormElement | null, names: readonly string[], value: string): void {
  for (const name of names) {
    const field = form?.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
}

export function Callers({ instance: { id, allowedCallers } }: SettingsProps) {
  const { words } = useApp()
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    const networks = values
      .text('networks')
      .split(/[\s,]+/u)
      .filter((each) => each !== '')
    await ask('PUT', `instances/${id}/allowed-callers`, { networks })
    return saved()
  }
  return (
    <Card title={words.settings.callers} least="administrator">
      <Form submit={words.save} act={save}>
        <TextField
          name="networks"
          label={words.settings.callersLabel}
          hint={words.settings.callersHint}
          className="code"
          defaultValue={allowedCallers.join('\n')}
          spellCheck={false}
        />
      </Form>
    </Card>
  )
}

interface Rotation {
  readonly made: RotatedTokenAnswer | undefined
}

export function Token({ instance: { id } }: SettingsProps) {
  const app = useApp()
  const words = app.words.settings
  const [{ made }, change] = useKept(`rotation ${id}`, (): Rotation => ({ made: undefined }))
  const rotate = async (values: Values): Promise<undefined> => {
    change({
      made: await ask<RotatedTokenAnswer>('POST', `instances/${id}/token`, {
        overlapSeconds: Number(values.text('overlap')),
      }),
    })
  }
  if (made !== undefined) {
    const { token, previousUntil: until } = made
    const note = until === undefined ? undefined : words.previousUntil(dayText(app, until))
    return <TokenCard id={id} token={token} note={note} done={() => change({ made: undefined })} />
  }
  return (
    <Card title={words.token} least="administrator">
      <p className="hint">{words.tokenHint}</p>
      <Form submit={words.rotate} act={rotate}>
        <SelectField
          name="overlap"
          label={words.overlap}
          first="86400"
          options={Object.entries(words.overlaps)}
        />
      </Form>
    </Card>
  )
}
