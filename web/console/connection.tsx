/** The connection of a number: how it stands, and what one can do about it. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './choices.js'
import { Pairing } from './pairing.js'
import { Card, Link } from './parts.js'
import { useReadAgain } from './reading.js'

interface ConnectionProps {
  readonly instance: InstanceAnswer
}

export function Connection({ instance: { id, state, cancelledAt } }: ConnectionProps) {
  const { words } = useApp()
  const isPaired = state === 'open' || state === 'waiting'
  return (
    <Card title={words.overview.connection}>
      <p role="status">{words.stateHints[state]}</p>
      {state === 'open' && <Connected id={id} />}
      {!isPaired && cancelledAt === undefined && <Pairing id={id} />}
    </Card>
  )
}

function Connected({ id }: { readonly id: string }) {
  const words = useApp().words.overview
  const readAgain = useReadAgain()
  return (
    <div className="actions">
      <Link to={{ page: 'instance', id, tab: 'send', item: undefined }} className="button filled">
        {words.sendCode}
      </Link>
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
