/** Linking a phone: by a QR code that renews itself, or by a code to type there. */

import { useState } from 'react'
import type {
  PairingAnswer,
  PairingCodeAnswer,
} from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { CountryQuestion } from './country-question.js'
import { Field, Form, type Values } from './form.js'
import { Copyable, Problem, Qr } from './parts.js'
import { useKept, useReading } from './reading.js'

interface PairingProps {
  /** Of the instance. */
  readonly id: string
}

/** Whether the QR code is shown, and how that is changed. */
export function usePairing(id: string) {
  const [{ isShown }, change] = useKept(`pairing ${id}`, () => ({ isShown: false }))
  return { isShown, change }
}

export function Pairing({ id }: PairingProps) {
  const words = useApp().words.overview
  const { isShown, change } = usePairing(id)
  return (
    <div className="pairing">
      <div className="qr-place">
        {isShown ? (
          <Code id={id} />
        ) : (
          <button type="button" className="filled" onClick={() => change({ isShown: true })}>
            {words.show}
          </button>
        )}
      </div>
      <div>
        <ol className="steps">
          {words.scan.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="hint">{words.renews}</p>
        {isShown && (
          <button type="button" className="small" onClick={() => change({ isShown: false })}>
            {words.hide}
          </button>
        )}
        <h3>{words.byCode}</h3>
        <div className="by-code">
          <ByCode id={id} />
        </div>
      </div>
    </div>
  )
}

function Code({ id }: PairingProps) {
  const { words } = useApp()
  const { data, refusal } = useReading<PairingAnswer>(`instances/${id}/qr`, {
    method: 'POST',
    everyMs: 3_000,
  })
  const [last, setLast] = useState<PairingAnswer>()
  if (data?.qr !== undefined && data !== last) setLast(data)
  const shown = data?.qr === undefined && refusal === undefined ? last : data
  if (shown?.qr === undefined)
    return refusal === undefined ? (
      <p className="faint" role="status">
        {words.loading}
      </p>
    ) : (
      <Problem refusal={refusal} />
    )
  const { qr, virtualPhonesUrl } = shown
  return (
    // What counts no more keeps its place until something else stands there.
    <div className={shown === data ? 'code-now' : 'code-now code-now--over'}>
      <Qr code={qr} label={words.overview.qrLabel} />
      {virtualPhonesUrl !== undefined && (
        <a
          className="button small"
          href={`${virtualPhonesUrl}#scan=${encodeURIComponent(qr.text)}`}
          target="_blank"
          rel="noopener"
        >
          {words.overview.scanVirtually}
        </a>
      )}
      <details>
        <summary>{words.overview.asText}</summary>
        <p className="hint">{words.overview.asTextHint}</p>
        <Copyable text={qr.text} label={words.overview.asText} />
      </details>
    </div>
  )
}

function ByCode({ id }: PairingProps) {
  const words = useApp().words.overview
  const [code, setCode] = useState<string>()
  const [typed, setTyped] = useState('')
  const getCode = async (values: Values): Promise<undefined> => {
    const path = `instances/${id}/pairing-code`
    const phone = values.text('phone')
    setCode((await ask<PairingCodeAnswer>('POST', path, { phone })).code)
  }
  if (code !== undefined) {
    const shown = `${code.slice(0, 4)}-${code.slice(4)}`
    return (
      <div role="status" className="pairing-code">
        <Copyable text={shown} label={words.byCode} />
        <p>{words.typeCode}</p>
        <button type="button" className="small" onClick={() => setCode(undefined)}>
          {words.otherCode}
        </button>
      </div>
    )
  }
  return (
    <Form submit={words.getCode} act={getCode}>
      <Field
        name="phone"
        label={words.phone}
        hint={words.phoneHint}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <CountryQuestion typed={typed} take={setTyped} />
    </Form>
  )
}
