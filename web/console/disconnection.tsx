/** Why a number is not connected, and what helps. The gateway has the words, so that the command line says the same. */

import type { DisconnectionAnswer } from '../../gateway/src/console/instance-answers.js'
import { useApp } from './app.js'
import { dayText } from './moments.js'

interface WhyProps {
  readonly disconnection: DisconnectionAnswer
}

export function Why({ disconnection }: WhyProps) {
  const app = useApp()
  const words = app.words.overview
  const { reason, cause, cure, since, until, remedy } = disconnection
  const isTrouble = remedy !== 'wait' && reason !== 'closed-by-us'
  return (
    <div className={isTrouble ? 'problem' : 'warning'} role="status">
      <p>
        <strong>{cause[app.language]}</strong>
        {until !== undefined && ` ${words.endsAt(dayText(app, until))}`}
      </p>
      <p>
        {remedy === 'wait' && `${words.keepsTrying} `}
        {cure[app.language]}
      </p>
      <p className="faint small-text">{words.since(dayText(app, since))}</p>
    </div>
  )
}

/** The number is connected, and WhatsApp asks its device for something that a gateway cannot answer. */
export function Challenge({ at }: { readonly at: number }) {
  const app = useApp()
  return <p className="warning">{app.words.overview.challenged(dayText(app, at))}</p>
}
