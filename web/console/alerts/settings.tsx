/** What is told, and over which channels. */

import { useState } from 'react'
import type {
  AlertSecretAnswer,
  AlertSettingsAnswer,
} from '../../../gateway/src/console/alert-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, SelectField, TickField, type Values } from '../form.js'
import { Card, Copyable } from '../parts.js'
import { useAct, useReadAgain } from '../reading.js'
import { alertTexts } from './words.js'

interface SettingsProps {
  readonly settings: AlertSettingsAnswer
}

const ticks = ['banned', 'restricted', 'receiverFailing', 'databaseAway'] as const
const counts = [
  ['downAfterMinutes', 1, 1_440],
  ['queueOlderThanSeconds', 10, 86_400],
  ['diskBelowMegabytes', 1, 100_000_000],
] as const

export function AlertSettings({ settings }: SettingsProps) {
  const { words: common, say } = useApp()
  const words = useTexts(alertTexts)
  const readAgain = useReadAgain()
  const save = async (values: Values): Promise<undefined> => {
    await ask('PUT', 'alerts/settings', bodyOf(values, settings))
    await readAgain('alerts')
    say(common.saved)
  }
  return (
    <Form submit={common.save} act={save}>
      <Card title={words.rules}>
        {counts.map(([name, min, max]) => (
          <Field
            key={name}
            name={name}
            label={words[name]}
            hint={words.emptyOff}
            required={false}
            type="number"
            min={min}
            max={max}
            defaultValue={settings.rules[name] ?? ''}
          />
        ))}
        {ticks.map((name) => (
          <TickField key={name} name={name} label={words[name]} isOn={settings.rules[name]} />
        ))}
        <Field
          name="repeatAfterMinutes"
          label={words.repeatAfterMinutes}
          hint={words.repeatHint}
          type="number"
          min={0}
          max={10_080}
          defaultValue={settings.repeatAfterMinutes}
        />
        <SelectField
          name="language"
          label={words.language}
          first={settings.language}
          options={[
            ['en', 'English'],
            ['pt', 'Português'],
          ]}
        />
      </Card>
      <Card title={words.where}>
        <p className="hint">{words.whereHint}</p>
        <Posts settings={settings} />
        <Email settings={settings} />
      </Card>
    </Form>
  )
}

function Posts({ settings: { webhook, slack, telegram } }: SettingsProps) {
  const words = useTexts(alertTexts)
  const shared = { required: false, type: 'url', maxLength: 2_048 } as const
  return (
    <>
      <fieldset>
        <legend>{words.webhook}</legend>
        <Field
          {...shared}
          name="webhook.url"
          label={`${words.webhook}: ${words.url}`}
          defaultValue={webhook?.url}
        />
        {webhook && <Secret />}
      </fieldset>
      <fieldset>
        <legend>{words.slack}</legend>
        <Field
          {...shared}
          name="slack.url"
          label={`Slack: ${words.url}`}
          hint={slack ? words.isSet(slack.host) : words.slackHint}
        />
        {slack && <TickField name="slack.off" label={`Slack: ${words.off}`} isOn={false} />}
      </fieldset>
      <fieldset>
        <legend>{words.telegram}</legend>
        <Field
          {...shared}
          name="telegram.url"
          label={`Telegram: ${words.url}`}
          hint={telegram ? words.isSet(telegram.host) : words.telegramHint}
        />
        <Field
          name="telegram.chatId"
          label={words.chatId}
          required={false}
          maxLength={65}
          defaultValue={telegram?.chatId}
        />
        {telegram && (
          <TickField name="telegram.off" label={`Telegram: ${words.off}`} isOn={false} />
        )}
      </fieldset>
    </>
  )
}

function Secret() {
  const words = useTexts(alertTexts)
  const [secret, setSecret] = useState<string>()
  const show = useAct(async () => {
    setSecret((await ask<AlertSecretAnswer>('POST', 'alerts/secret')).secret)
  })
  if (secret !== undefined) return <Copyable text={secret} label={words.secret} />
  return (
    <button type="button" className="small" onClick={() => show.mutate()}>
      {words.showSecret}
    </button>
  )
}

function Email({ settings: { email } }: SettingsProps) {
  const words = useTexts(alertTexts)
  const text = { required: false, maxLength: 320 } as const
  return (
    <fieldset>
      <legend>{words.email}</legend>
      <Field {...text} name="email.host" label={words.host} defaultValue={email?.host} />
      <Field
        name="email.port"
        label={words.port}
        required={false}
        type="number"
        min={1}
        max={65_535}
        defaultValue={email?.port ?? 587}
      />
      <SelectField
        name="email.tls"
        label={words.tls}
        first={email?.tls ?? 'start'}
        options={Object.entries(words.tlsKinds)}
      />
      <Field {...text} name="email.user" label={words.user} defaultValue={email?.user} />
      <Field
        name="email.password"
        label={words.password}
        {...(email?.hasPassword ? { hint: words.kept } : {})}
        required={false}
        type="password"
        autoComplete="new-password"
        maxLength={1_024}
      />
      <Field {...text} name="email.from" label={words.from} defaultValue={email?.from} />
      <Field
        name="email.to"
        label={words.to}
        hint={words.toHint}
        required={false}
        maxLength={4_000}
        defaultValue={email?.to.join(', ')}
      />
    </fieldset>
  )
}

/** What the call takes: what is empty is left out. */
function bodyOf(values: Values, before: AlertSettingsAnswer): object {
  const text = (name: string): string | undefined => values.text(name).trim() || undefined
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)))
  const url = (name: string) => ({ url: text(name) })
  const chatId = text('telegram.chatId')
  const wasSlack = before.slack !== undefined
  const hasSlack = !values.isOn('slack.off') && (wasSlack || text('slack.url') !== undefined)
  return {
    language: text('language'),
    rules: {
      ...Object.fromEntries(counts.map(([name]) => [name, number(name)])),
      ...Object.fromEntries(ticks.map((name) => [name, values.isOn(name)])),
    },
    repeatAfterMinutes: number('repeatAfterMinutes') ?? 0,
    webhook: text('webhook.url') === undefined ? undefined : url('webhook.url'),
    slack: hasSlack ? url('slack.url') : undefined,
    telegram:
      chatId === undefined || values.isOn('telegram.off')
        ? undefined
        : { ...url('telegram.url'), chatId },
    email: text('email.host') === undefined ? undefined : emailOf(text, number),
  }
}

function emailOf(
  text: (name: string) => string | undefined,
  number: (name: string) => number | undefined,
): object {
  return {
    host: text('email.host'),
    port: number('email.port'),
    tls: text('email.tls'),
    user: text('email.user'),
    password: text('email.password'),
    from: text('email.from') ?? '',
    to: (text('email.to') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  }
}
