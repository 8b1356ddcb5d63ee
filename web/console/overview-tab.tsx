/** How the number stands, pairing its phone, and letting it go. */

import { useState } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { type App, useApp } from './app.js'
import { Connection } from './connection.js'
import { dayText } from './moments.js'
import { Card, Copyable, Facts } from './parts.js'
import { useMay, WhyNot } from './role.js'

interface OverviewProps {
  readonly instance: InstanceAnswer
}

/** What comes and goes with the state has nothing below it, on a phone neither: it pushes nothing aside. */
export function OverviewTab({ instance }: OverviewProps) {
  const app = useApp()
  const words = app.words.overview
  // A number that is being linked comes first on a phone, until the tab is opened again.
  const [isPairing] = useState(!instance.isLinked && instance.cancelledAt === undefined)
  // What pairs a number asks the gateway by itself.
  const may = useMay('operator')
  return (
    <div className={isPairing ? 'overview overview--pairing' : 'overview'}>
      {!instance.isClientTokenRequired && (
        <Card title={words.clientTokenOff}>
          <p>{words.clientTokenOffHint}</p>
        </Card>
      )}
      <Card title={words.about}>
        <Facts
          rows={[
            [words.waiting, instance.waiting],
            [words.created, dayText(app, instance.createdAt)],
            [words.id, <Copyable key="id" text={instance.id} label={words.id} />],
            [words.restriction, restrictionText(app, instance)],
          ]}
        />
      </Card>
      {may ? (
        <Connection instance={instance} />
      ) : (
        <Card title={words.connection}>
          <WhyNot least="operator" />
        </Card>
      )}
    </div>
  )
}

function restrictionText(app: App, { restrictedUntil }: InstanceAnswer): string {
  const words = app.words.overview
  if (restrictedUntil === undefined) return words.unrestricted
  return words.endsAt(dayText(app, restrictedUntil))
}
