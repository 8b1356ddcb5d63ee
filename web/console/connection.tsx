/** The connection of a number: how it stands, and what one can do about it. */

import { lazy, Suspense, useEffect } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import type { PasskeyAnswerView } from '../../gateway/src/console/passkey-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './guarded.js'
import { Challenge, Why } from './disconnection.js'
import { ImportNumber } from './import/import.js'
import { Pairing, usePairing } from './pairing.js'
import { Card, Link, Skeleton } from './parts.js'
import { PasskeyFailure, stepOf } from './passkey/standing.js'
import { useAct, useKept, useReading, useReadAgain } from './reading.js'

/** Few numbers need it. */
const PairingStep = lazy(async () => {
  const loaded = await import('./passkey/pairing-step.js')
  return { default: loaded.PairingStep }
})

interface ConnectionProps {
  readonly instance: InstanceAnswer
}

export function Connection({ instance }: ConnectionProps) {
  const { words } = useApp()
  const { id, state, isLinked, cancelledAt, challengedAt } = instance
  const isOut = cancelledAt !== undefined
  return (
    <Card title={words.overview.connection}>
      {!isLinked && !isOut ? <Unlinked instance={instance} /> : <Standing instance={instance} />}
      {challengedAt !== undefined && state === 'open' && <Challenge at={challengedAt} />}
      {state === 'open' && <Connected id={id} />}
      {state !== 'open' && isLinked && !isOut && <Away instance={instance} />}
    </Card>
  )
}

/** Ends of a connection that belong to every pairing: they need no box, which would move the button below it. */
const expected: ReadonlySet<string> = new Set(['pairing-timed-out', 'restart-required'])

/** How it stands, and why. */
function Standing({ instance: { state, isLinked, disconnection } }: ConnectionProps) {
  const { words } = useApp()
  // While it is paired, what fails stands in the place of the code.
  const why = isLinked || disconnection?.remedy !== 'wait' ? disconnection : undefined
  return why === undefined || expected.has(why.reason) ? (
    <p role="status">{words.stateHints[state]}</p>
  ) : (
    <Why disconnection={why} />
  )
}

/** To be paired; the passkey step takes the place of the QR code while WhatsApp asks for it. */
function Unlinked({ instance }: ConnectionProps) {
  const { words } = useApp()
  const { id } = instance
  const { data, refusal } = useReading<PasskeyAnswerView>(`instances/${id}/passkey`, {
    everyMs: 3_000,
  })
  const pairing = usePairing(id)
  const [{ isOld }, change] = useKept(`passkey failure ${id}`, () => ({ isOld: false }))
  const step = data && stepOf(data)
  const isUnderWay = step !== undefined
  const begin = (isShown: boolean): void => {
    pairing.change({ isShown })
    change({ isOld: true })
  }
  useEffect(() => {
    if (isUnderWay && isOld) change({ isOld: false })
  })
  // What comes after it would push it aside.
  if (data === undefined && refusal === undefined) return <Skeleton rows={6} />
  if (data !== undefined && step !== undefined)
    return (
      <Suspense fallback={<Skeleton rows={9} />}>
        <PairingStep instance={instance} step={step} passkey={data} dropped={begin} />
      </Suspense>
    )
  const failure = isOld ? undefined : data?.failure
  if (failure !== undefined && failure.reason !== 'cancelled')
    return (
      <PasskeyFailure failure={failure}>
        <button type="button" className="filled" onClick={() => begin(true)}>
          {words.passkey.startAgain}
        </button>
      </PasskeyFailure>
    )
  return (
    <>
      <Standing instance={instance} />
      <Pairing id={id} />
      <ImportNumber id={id} />
    </>
  )
}

/** What is asked for here is done within some seconds: the gateway waits that long for WhatsApp. */
function useReconnect(id: string, how: 'reconnect' | 'restart') {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  return useAct(async () => {
    const { connected } = await ask<{ connected: boolean }>('POST', `instances/${id}/${how}`)
    const { reconnected, restarted, notReconnected } = words.overview
    const done = how === 'restart' ? restarted : reconnected
    say(connected ? done : notReconnected)
    await readAgain('instances')
  })
}

/** Linked, and not connected. */
function Away({ instance: { id, state, disconnection } }: ConnectionProps) {
  const words = useApp().words.overview
  const readAgain = useReadAgain()
  const reconnect = useReconnect(id, 'reconnect')
  return (
    <>
      <div className="actions">
        <button
          type="button"
          className="filled"
          disabled={reconnect.isPending || state === 'connecting'}
          onClick={() => reconnect.mutate()}
        >
          {words.reconnect}
        </button>
      </div>
      {disconnection?.remedy === 'reconnect' && (
        <details className="anyway">
          <summary>{words.pairAnyway}</summary>
          <p className="hint">{words.pairAnywayHint}</p>
          <Guarded
            ask={words.forgetLink}
            really={words.forgetLinkReally}
            yes={words.forgetLinkYes}
            act={async () => {
              await ask('POST', `instances/${id}/disconnect`)
              await readAgain('instances')
            }}
          />
        </details>
      )}
    </>
  )
}

function Connected({ id }: { readonly id: string }) {
  const words = useApp().words.overview
  const readAgain = useReadAgain()
  const restart = useReconnect(id, 'restart')
  return (
    <div className="actions">
      <Link to={{ page: 'instance', id, tab: 'send', item: undefined }} className="button filled">
        {words.sendCode}
      </Link>
      <button type="button" disabled={restart.isPending} onClick={() => restart.mutate()}>
        {words.restart}
      </button>
      <Guarded
        ask={words.disconnect}
        really={words.disconnectReally}
        yes={words.disconnectYes}
        act={async () => {
          await ask('POST', `instances/${id}/disconnect`)
          await readAgain('instances')
        }}
      />
    </div>
  )
}
