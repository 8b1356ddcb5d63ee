/** One-time codes: switching them on with an authenticator app, and off. */

import { useState } from 'react'
import type {
  RecoveryCodesAnswer,
  SecondFactorOffer,
  VisitAnswer,
} from '../../gateway/src/console/account-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { Card, Copyable, Qr } from './parts.js'
import { useAct, useKept, useReadAgain } from './reading.js'

interface SecondFactorProps {
  readonly me: NonNullable<VisitAnswer['administrator']>
}

interface Recovery {
  readonly codes: readonly string[]
}

export function SecondFactor({ me }: SecondFactorProps) {
  const words = useApp().words.account
  const [recovery, change] = useKept('recovery codes', (): Recovery => ({ codes: [] }))
  if (recovery.codes.length > 0)
    return <RecoveryCodes codes={recovery.codes} kept={() => change({ codes: [] })} />
  return (
    <Card title={words.secondFactor}>
      {me.hasSecondFactor ? (
        <Drop left={me.recoveryCodesLeft} />
      ) : (
        <Enrol enrolled={(codes) => change({ codes })} />
      )}
    </Card>
  )
}

function Drop({ left }: { readonly left: number }) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const drop = async (values: Values): Promise<undefined> => {
    await ask('POST', 'second-factor/drop', {
      code: values.text('code'),
      password: values.text('factor-password'),
    })
    say(words.account.dropped)
    await readAgain('visit')
  }
  return (
    <>
      <p>
        {words.account.on} {words.account.codesLeft(left)}
      </p>
      <Form submit={words.account.drop} act={drop}>
        <Field
          name="code"
          label={words.logIn.code}
          hint={words.logIn.codeHint}
          className="code"
          autoComplete="one-time-code"
          maxLength={40}
        />
        <PasswordNow />
      </Form>
    </>
  )
}

interface EnrolProps {
  readonly enrolled: (recoveryCodes: readonly string[]) => void
}

function Enrol({ enrolled }: EnrolProps) {
  const words = useApp().words.account
  const [offer, setOffer] = useState<SecondFactorOffer>()
  const start = useAct(async () => {
    setOffer(await ask<SecondFactorOffer>('POST', 'second-factor/offer'))
  })
  return (
    <>
      <p>{words.off}</p>
      {offer === undefined ? (
        <button type="button" className="filled" onClick={() => start.mutate()}>
          {words.start}
        </button>
      ) : (
        <Offer {...offer} enrolled={enrolled} />
      )}
    </>
  )
}

function Offer({ secret, qr, enrolled }: SecondFactorOffer & EnrolProps) {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const enrol = async (values: Values): Promise<undefined> => {
    const { recoveryCodes } = await ask<RecoveryCodesAnswer>('PUT', 'second-factor', {
      secret,
      code: values.text('code'),
      password: values.text('factor-password'),
    })
    enrolled(recoveryCodes)
    await readAgain('visit')
  }
  return (
    <div className="pairing">
      <div className="qr-place">
        <Qr code={qr} label={words.account.scan} />
      </div>
      <div>
        <p>{words.account.scan}</p>
        <p className="hint">{words.account.secret}</p>
        <p>
          <Copyable text={secret} label={words.account.secret} />
        </p>
        <Form submit={words.account.confirm} act={enrol}>
          <Field
            name="code"
            label={words.logIn.code}
            className="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
          />
          <PasswordNow />
        </Form>
      </div>
    </div>
  )
}

function PasswordNow() {
  const words = useApp().words.account
  return (
    <Field
      name="factor-password"
      label={words.now}
      type="password"
      autoComplete="current-password"
    />
  )
}

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly kept: () => void
}

function RecoveryCodes({ codes, kept }: RecoveryCodesProps) {
  const words = useApp().words.account
  return (
    <section className="card card--important" aria-live="polite">
      <h2>{words.recovery}</h2>
      <p>{words.recoveryOnce}</p>
      <ul className="recovery">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="filled" onClick={kept}>
          {words.kept}
        </button>
      </div>
    </section>
  )
}
