/** Where WhatsApp's passkey step stands and what is to be done next, for the console and for the page of a one-time link. */

import type { ReactNode } from 'react'
import type { PasskeyAnswerView } from '../../../gateway/src/console/passkey-answers.js'
import { useApp } from '../app.js'
import { phoneText } from '../moments.js'
import { Facts } from '../parts.js'
import { useAct } from '../reading.js'
import { Countdown } from './countdown.js'
import { requestOf } from './signing.js'
import { SignStep } from './sign-step.js'
import type { StepUnderWay } from './standing.js'

export interface PasskeyStepsProps {
  readonly step: StepUnderWay
  readonly passkey: PasskeyAnswerView
  readonly instanceName: string | undefined
  /** The address of a one-time link; undefined until it is there. */
  readonly link: string | undefined
  /** Both throw `Refusal`. */
  readonly send: (answer: object) => Promise<void>
  readonly compare: (isSame: boolean) => Promise<void>
  /** What was wrong with the last signature. */
  readonly problem?: ReactNode
  /** Below it all. */
  readonly children?: ReactNode
}

export function PasskeySteps(props: PasskeyStepsProps) {
  const words = useApp().words.passkey
  const { step, passkey, link, send, compare, problem, children } = props
  const request = requestOf(passkey, link)
  return (
    // Another step takes the place of the one before; no part of it moves.
    <div className="passkey" key={step}>
      <div className="passkey__head">
        <div role="status">
          <h3>{words.titles[step]}</h3>
          <p className="hint">{words.hints[step]}</p>
        </div>
        <Countdown passkey={passkey} />
      </div>
      {problem}
      {step === 'passkey' && (
        <>
          <WhatIsLinked {...props} />
          {request !== undefined && (
            <SignStep request={request} virtualPhonesUrl={passkey.virtualPhonesUrl} send={send} />
          )}
        </>
      )}
      {step === 'code' && <Compare code={passkey.code ?? ''} compare={compare} />}
      {children}
    </div>
  )
}

/** What a person has to know before signing. */
function WhatIsLinked({ passkey: { deviceName = '', phone }, instanceName }: PasskeyStepsProps) {
  const words = useApp().words.passkey
  return (
    <div className="warning what-is-linked">
      <p>{words.thisLinks(deviceName)}</p>
      <Facts
        rows={[
          [words.gateway, location.host],
          ...(instanceName === undefined ? [] : [[words.instance, instanceName] as const]),
          ...(phone === undefined ? [] : [[words.number, phoneText(phone)] as const]),
          [words.device, deviceName],
        ]}
      />
      <p>{words.care}</p>
    </div>
  )
}

interface CompareProps extends Pick<PasskeyStepsProps, 'compare'> {
  readonly code: string
}

function Compare({ code, compare }: CompareProps) {
  const words = useApp().words.passkey
  const comparing = useAct(compare)
  return (
    <>
      <p className="passkey__code">
        <code>{code}</code>
      </p>
      <div className="actions">
        <button
          type="button"
          className="filled"
          disabled={comparing.isPending}
          onClick={() => comparing.mutate(true)}
        >
          {words.same}
        </button>
        <button
          type="button"
          className="danger"
          disabled={comparing.isPending}
          onClick={() => comparing.mutate(false)}
        >
          {words.different}
        </button>
      </div>
    </>
  )
}
