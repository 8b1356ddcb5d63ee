/** Where callbacks go, which are sent, and the secret that signs them. */

import { useState } from 'react'
import type {
  RotatedSecretAnswer,
  WebhookSecretAnswer,
} from '../../../gateway/src/console/settings-answers.js'
import type { EndpointKind, InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask, Refusal } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, SelectField, TickField, type Values } from '../form.js'
import { dayText } from '../moments.js'
import { Card, Copyable } from '../parts.js'
import { useAct } from '../reading.js'
import { Ticks } from './behaviour.js'
import { type SettingsProps, useChange, useSaved } from './saved.js'
import { settingsTexts } from './words.js'

interface AddressesProps extends SettingsProps {
  readonly kinds: readonly EndpointKind[]
  readonly hint: string
}

export function Addresses({ instance: { id, endpoints }, kinds, hint }: AddressesProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    // Those that go to one place are set at once.
    const byUrl = new Map<string, EndpointKind[]>()
    for (const kind of kinds) {
      const url = values.text(kind).trim()
      if (url !== (endpoints[kind] ?? '')) byUrl.set(url, [...(byUrl.get(url) ?? []), kind])
    }
    for (const [url, changed] of byUrl) await setUrl(id, changed, url)
    return saved()
  }
  return (
    <Card title={words.addresses} least="administrator">
      <p className="hint">{hint}</p>
      <Form submit={app.words.save} act={save}>
        <Field
          name="all"
          label={words.oneAddress}
          hint={words.oneAddressHint}
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
              label={app.words.kinds[kind]}
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

/** Throws a `Refusal` that names the field. */
async function setUrl(id: string, kinds: readonly EndpointKind[], url: string): Promise<void> {
  try {
    await ask('PUT', `instances/${id}/endpoints`, { kinds, url })
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.status !== 400) throw cause
    throw new Refusal(400, `${kinds[0]}: ${cause.message}`)
  }
}

function fillIn(form: HTMLFormElement | null, names: readonly string[], value: string): void {
  for (const name of names) {
    const field = form?.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
}

type Muted = InstanceAnswer['settings']['muted']

const topics: readonly Muted['topics'][number][] = [
  'outcome',
  'status',
  'received',
  'presence',
  'connected',
  'disconnected',
]
const messages: readonly Muted['messages'][number][] = [
  'in-group',
  'in-private-chat',
  'text',
  'image',
  'video',
  'audio',
  'document',
]

export function Told({ instance: { id, settings } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const change = useChange(id)
  const { muted } = settings
  const save = (values: Values): Promise<undefined> =>
    change({
      notifySentByMe: values.isOn('notifySentByMe'),
      tellCodes: values.isOn('tellCodes'),
      muted: {
        topics: topics.filter((topic) => values.isOn(`topics.${topic}`)),
        messages: messages.filter((trait) => values.isOn(`messages.${trait}`)),
      },
    })
  return (
    <Card title={words.told} least="operator">
      <Form submit={app.words.save} act={save}>
        <Ticks settings={settings} names={['notifySentByMe', 'tellCodes']} />
        <p className="hint">{words.mutedHint}</p>
        <div className="columns columns--wide">
          <fieldset className="tick-group">
            <legend>{words.mutedTopics}</legend>
            {topics.map((topic) => (
              <TickField
                key={topic}
                name={`topics.${topic}`}
                label={words.topics[topic]}
                isOn={muted.topics.includes(topic)}
              />
            ))}
          </fieldset>
          <fieldset className="tick-group">
            <legend>{words.mutedMessages}</legend>
            {messages.map((trait) => (
              <TickField
                key={trait}
                name={`messages.${trait}`}
                label={words.messages[trait]}
                isOn={muted.messages.includes(trait)}
              />
            ))}
          </fieldset>
        </div>
      </Form>
    </Card>
  )
}

/** Shown when a person asks for it, and gone with the page. */
export function CallbackSecret({ instance: { id } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const [shown, show] = useState<RotatedSecretAnswer>()
  const path = `instances/${id}/webhook-secret`
  const asking = useAct(async () => show(await ask<WebhookSecretAnswer>('POST', path)))
  const rotate = async (values: Values): Promise<undefined> => {
    const overlapSeconds = Number(values.text('overlapSeconds'))
    show(await ask<RotatedSecretAnswer>('POST', `${path}/rotate`, { overlapSeconds }))
  }
  return (
    <Card title={words.secret} least="administrator">
      <p className="hint">{words.secretHint}</p>
      {shown === undefined ? (
        <div className="actions">
          <button type="button" disabled={asking.isPending} onClick={() => asking.mutate()}>
            {words.showSecret}
          </button>
        </div>
      ) : (
        <p role="status">
          <Copyable text={shown.secret} label={words.secret} />{' '}
          {shown.previousUntil !== undefined &&
            words.previousSecretUntil(dayText(app, shown.previousUntil))}
        </p>
      )}
      <Form submit={words.rotateSecret} act={rotate}>
        <SelectField
          name="overlapSeconds"
          label={words.secretOverlap}
          first="86400"
          options={Object.entries(words.overlaps)}
        />
      </Form>
    </Card>
  )
}
