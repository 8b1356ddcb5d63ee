/** The developer panel: as which client the phone draws, why a button does not show, and what is behind a message. */

import type { Client } from '../../simulator/src/model.js'
import { Icon } from '../bubble/icons.js'
import { Choices } from '../shared/choices.js'
import { useTexts } from '../shared/texts.js'
import { FailuresCard } from './failures.js'
import { InspectedMessage } from './inspected-message.js'
import { LookChoices } from './look-choices.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

const clients: readonly Client[] = ['android', 'ios', 'web']
const passkeyModes = ['off', 'on', 'by-iq'] as const

export function DeveloperPanel() {
  const words = useTexts(phoneTexts)
  const { settings, state } = useView()
  const { api, attempt, choose, openPanel } = useActions()
  return (
    <div className="panel__inside">
      <header className="panel__head">
        <h2 className="panel__title" tabIndex={-1}>
          {words.developer}
        </h2>
        <a className="panel__link" href="/phones">
          {words.allPhones}
        </a>
        <button
          className="icon-button panel__close"
          type="button"
          aria-label={words.close}
          onClick={() => openPanel(false)}
        >
          <Icon name="cross" />
        </button>
      </header>
      <div className="panel__switches">
        <Choices
          name="client"
          legend={words.client}
          showsLegend
          labels={words.clients}
          order={clients}
          chosen={settings.client}
          choose={(client) => choose({ client })}
        />
        <LookChoices settings={settings} choose={choose} />
        <Choices
          name="passkey"
          legend={words.passkey}
          showsLegend
          labels={words.passkeyModes}
          order={passkeyModes}
          chosen={state.phone?.asksForPasskey ?? 'off'}
          choose={(mode) => void attempt(() => api.setAsksForPasskey(mode))}
        />
      </div>
      <div className="panel__cards">
        <FailuresCard />
        <div className="panel__message">
          <InspectedMessage />
        </div>
      </div>
    </div>
  )
}
