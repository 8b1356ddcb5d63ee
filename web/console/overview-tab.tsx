/** How the number stands, pairing its phone, and letting it go. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { type App, useApp } from './app.js'
import { Guarded } from './choices.js'
import { dayText } from './moments.js'
import { Pairing } from './pairing.js'
import { Copyable, Facts } from './parts.js'
import { useReadAgain } from './reading.js'

interface OverviewProps {
  readonly instance: InstanceAnswer
}

/** Pairing stands at the end: it comes and goes with the state, and pushes nothing aside. */
export function OverviewTab({ instance }: OverviewProps) {
  const app = useApp()
  const words = app.words.overview
  const { id, state } = instance
  return (
    <>
      <section className="card">
        <div className="title-row title-row--fixed">
          <h2>{words.connection}</h2>
          {state === 'open' && <Disconnect id={id} />}
        </div>
        <p>{app.words.stateHints[state]}</p>
        <Facts
          rows={[
            [words.waiting, instance.waiting],
            [words.created, dayText(app, instance.createdAt)],
            [words.id, <Copyable key="id" text={id} label={words.id} />],
            // It may get long: nothing stands below.
            [words.restriction, restrictionText(app, instance)],
          ]}
        />
      </section>
      {instance.cancelledAt === undefined && <Pairing instance={instance} />}
    </>
  )
}

function restrictionText(app: App, { restrictedUntil }: InstanceAnswer): string {
  const words = app.words.overview
  if (restrictedUntil === undefined) return words.unrestricted
  return words.restrictedUntil(dayText(app, restrictedUntil))
}

function Disconnect({ id }: { readonly id: string }) {
  const words = useApp().words.overview
  const readAgain = useReadAgain()
  return (
    <Guarded
      ask={words.disconnect}
      really={words.disconnectReally}
      yes={words.disconnectYes}
      act={async () => {
        await ask('POST', `instances/${id}/disconnect`)
        await readAgain('instances')
      }}
    />
  )
}
