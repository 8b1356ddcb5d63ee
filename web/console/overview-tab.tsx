/** How the number stands, pairing its phone, and letting it go. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './choices.js'
import { dayText, phoneText } from './moments.js'
import { Pairing } from './pairing.js'
import { Card, Copyable, Facts, StatePill } from './parts.js'
import { useReadAgain } from './reading.js'

interface OverviewProps {
  readonly instance: InstanceAnswer
}

export function OverviewTab({ instance }: OverviewProps) {
  const app = useApp()
  const words = app.words.overview
  const readAgain = useReadAgain()
  const { id, state, restrictedUntil, phone } = instance
  const mayPair = state !== 'open' && state !== 'waiting' && instance.cancelledAt === undefined
  return (
    <>
      <Card title={words.connection}>
        <p className="state-line">
          <StatePill state={state} /> {app.words.stateHints[state]}
        </p>
        {restrictedUntil !== undefined && (
          <p className="warning">{words.restrictedUntil(dayText(app, restrictedUntil))}</p>
        )}
        {state === 'open' && (
          <Guarded
            ask={words.disconnect}
            really={words.disconnectReally}
            yes={words.disconnectYes}
            act={async () => {
              await ask('POST', `instances/${id}/disconnect`)
              await readAgain('instances')
            }}
          />
        )}
      </Card>
      {mayPair && <Pairing id={id} />}
      <Card title={words.facts}>
        <Facts
          rows={[
            [words.id, <Copyable key="id" text={id} label={words.id} />],
            [words.number, phone === undefined ? app.words.instances.unpaired : phoneText(phone)],
            [words.created, dayText(app, instance.createdAt)],
            [words.waiting, instance.waiting],
          ]}
        />
      </Card>
    </>
  )
}
