/** Sending a code, with the message beside it as the phone will show it. */

import { type ChangeEvent, lazy, Suspense } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { type Language, useApp } from './app.js'
import { Field, Form, SelectField, TextField, type Values } from './form.js'
import { Card, Link, Skeleton } from './parts.js'
import type { Draft } from './preview.js'
import { useKept, useReadAgain } from './reading.js'
import { ShownOn } from './shown-on.js'

/** It draws every kind of message, which the other pages do not need. */
const Preview = lazy(async () => {
  const loaded = await import('./preview.js')
  return { default: loaded.Preview }
})

interface HeldDraft extends Draft {
  readonly phone: string
  /** The message that was sent last. */
  readonly sentId: string | undefined
}

const minutesToChoose = [1, 5, 10, 30, 60]

interface SendProps {
  readonly instance: InstanceAnswer
}

export function SendTab({ instance }: SendProps) {
  const { language } = useApp()
  // Another language suggests another text.
  return <Send key={language} instance={instance} language={language} />
}

function Send({ instance, language }: SendProps & { readonly language: Language }) {
  const words = useApp().words.send
  const [draft, change] = useKept(
    `draft ${instance.id} ${language}`,
    (): HeldDraft => ({
      phone: '',
      message: words.defaultMessage,
      code: newCode(),
      buttonText: words.defaultButton,
      image: '',
      sentId: undefined,
    }),
  )
  return (
    <div className="send">
      <Card title={words.title}>
        <p className={instance.state === 'open' ? 'hint steady' : 'hint steady warned'}>
          {instance.state === 'open' ? words.connected : words.notConnected}
        </p>
        <SendForm id={instance.id} draft={draft} change={change} />
      </Card>
      <aside className="preview" aria-label={words.preview}>
        <h2>{words.preview}</h2>
        <Suspense fallback={<Skeleton rows={4} />}>
          <Preview draft={draft} />
        </Suspense>
        <ShownOn draft={draft} />
      </aside>
    </div>
  )
}

interface SendFormProps {
  /** Of the instance. */
  readonly id: string
  readonly draft: HeldDraft
  readonly change: (change: Partial<HeldDraft>) => void
}

function SendForm({ id, draft, change }: SendFormProps) {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const send = async (values: Values): Promise<undefined> => {
    const image = draft.image.trim()
    const call = `instances/${id}/call/send-button-otp`
    const { zaapId: sentId } = await ask<{ zaapId: string }>('POST', call, {
      phone: draft.phone,
      message: draft.message,
      code: draft.code,
      buttonText: draft.buttonText,
      ...(image === '' ? {} : { image }),
      expiresIn: Number(values.text('expires')) * 60,
    })
    change({ sentId })
    await readAgain(`instances/${id}`)
  }
  const held = (name: 'phone' | 'message' | 'code' | 'buttonText' | 'image') => ({
    name,
    value: draft[name],
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      change({ [name]: target.value }),
  })
  const follow = draft.sentId !== undefined && (
    <span role="status">
      {words.send.sent}{' '}
      <Link to={{ page: 'instance', id, tab: 'messages', item: draft.sentId }}>
        {words.send.follow}
      </Link>
    </span>
  )
  return (
    <Form submit={words.send.submit} act={send} beside={follow}>
      <Field
        {...held('phone')}
        label={words.send.phone}
        hint={words.overview.phoneHint}
        type="tel"
        inputMode="tel"
      />
      <TextField {...held('message')} label={words.send.message} required maxLength={4_096} />
      <div className="columns">
        <Field {...held('code')} label={words.send.code} className="code" maxLength={2_048} />
        <Field
          {...held('buttonText')}
          label={words.send.buttonText}
          maxLength={60}
          required={false}
        />
      </div>
      <Field
        {...held('image')}
        label={`${words.send.image} (${words.send.optional})`}
        type="url"
        required={false}
        placeholder="https://"
        maxLength={2_048}
      />
      <SelectField
        name="expires"
        label={words.send.expires}
        first="10"
        options={minutesToChoose.map((count) => [String(count), words.send.minutes(count)])}
      />
    </Form>
  )
}

/** Six digits, as people know them. For trying out: nobody logs in with it. */
function newCode(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return String(number % 1_000_000).padStart(6, '0')
}
