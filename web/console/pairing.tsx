/** Linking a phone: by a QR code that renews itself, or by a code to type there. Then: what to do next. */

import { useState } from 'react'
import type {
  InstanceAnswer,
  PairingAnswer,
  PairingCodeAnswer,
} from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { phoneText } from './moments.js'
import { Card, Copyable, Link, Problem, Qr } from './parts.js'
import { useKept, useReading } from './reading.js'

interface PairingProps {
  readonly instance: InstanceAnswer
}

export function Pairing({ instance: { id, state, phone } }: PairingProps) {
  const { words } = useApp()
  const [{ isShown }, change] = useKept(`pairing ${id}`, () => ({ isShown: false }))
  const [hasPaired, setPaired] = useState(false)
  if (state === 'open') {
    if (isShown) {
      change({ isShown: false })
      setPaired(true)
    }
    return hasPaired ? <Paired id={id} phone={phone} /> : undefined
  }
  if (state === 'waiting') return undefined
  return (
    <section className="card">
      <h2>{words.overview.pair}</h2>
      <div className="pairing">
        <div className="qr-place">
          {isShown ? (
            <Code id={id} />
          ) : (
            <button type="button" className="filled" onClick={() => change({ isShown: true })}>
              {words.overview.show}
            </button>
          )}
        </div>
        <div>
          <ol className="steps">
            {words.overview.scan.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="hint">{words.overview.renews}</p>
          {isShown && (
            <button type="button" className="small" onClick={() => change({ isShown: false })}>
              {words.overview.hide}
            </button>
          )}
          <h3>{words.overview.byCode}</h3>
          <ByCode id={id} asked={() => setPaired(true)} />
        </div>
      </div>
    </section>
  )
}

interface PairedProps {
  readonly id: string
  readonly phone: string | undefined
}

/** Stands where the code stood. */
function Paired({ id, phone }: PairedProps) {
  const words = useApp().words.overview
  return (
    <Card title={words.paired}>
      <p role="status">{words.pairedLead(phone === undefined ? '' : phoneText(phone))}</p>
      <div className="actions">
        <Link to={{ page: 'instance', id, tab: 'send', item: undefined }} className="button filled">
          {words.sendFirst}
        </Link>
      </div>
    </Card>
  )
}

interface CodeProps {
  /** Of the instance. */
  readonly id: string
}

function Code({ id }: CodeProps) {
  const { words } = useApp()
  const { data, refusal } = useReading<PairingAnswer>(`instances/${id}/qr`, {
    method: 'POST',
    everyMs: 3_000,
  })
  if (data?.qr === undefined)
    return refusal === undefined ? (
      <p className="faint" role="status">
        {words.loading}
      </p>
    ) : (
      <Problem refusal={refusal} />
    )
  return (
    <>
      <Qr code={data.qr} label={words.overview.qrLabel} />
      <details>
        <summary>{words.overview.asText}</summary>
        <p className="hint">{words.overview.asTextHint}</p>
        <Copyable text={data.qr.text} label={words.overview.asText} />
      </details>
    </>
  )
}

interface ByCodeProps extends CodeProps {
  readonly asked: () => void
}

function ByCode({ id, asked }: ByCodeProps) {
  const words = useApp().words.overview
  const [code, setCode] = useState<string>()
  const getCode = async (values: Values): Promise<undefined> => {
    const path = `instances/${id}/pairing-code`
    const phone = values.text('phone')
    setCode((await ask<PairingCodeAnswer>('POST', path, { phone })).code)
    asked()
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
      />
    </Form>
  )
}
