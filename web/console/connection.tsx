/** The connection of a number: how it stands, and what one can do about it. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './choices.js'
import { Challenge, Why } from './disconnection.js'
import { Pairing } from './pairing.js'
import { Card, Link } from './parts.js'
import { useAct, useReadAgain } from './reading.js'

interface ConnectionProps {
  readonly instance: InstanceAnswer
}

export function Connection({ instance }: ConnectionProps) {
  const { words } = useApp()
  const { id, state, isLinked, cancelledAt, disconnection, challengedAt } = instance
  const isOut = cancelledAt !== undefined
  // While it is paired, what fails stands in the place of the code.
  const why = isLinked || disconnection?.remedy !== 'wait' ? disconnection : undefined
  return (
    <Card title={words.overview.connection}>
      {why === undefined || why.reason === 'pairing-timed-out' ? (
        <p role="status">{words.stateHints[state]}</p>
      ) : (
        <Why disconnection={why} />
      )}
      {challengedAt !== undefined && state === 'open' && <Challenge at={challengedAt} />}
      {state === 'open' && <Connected id={id} />}
      {state !== 'open' && isLinked && !isOut && <Away instance={instance} />}
      {!isLinked && !isOut && <Pairing id={id} />}
    </Card>
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
