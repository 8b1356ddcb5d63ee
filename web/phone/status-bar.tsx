/** What a phone says about itself: its own bar at the top, and that it is out of reach. */

import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { clockOf } from './days.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

/** Only the frame on a desktop has one. */
export function StatusBar() {
  const { state, now, settings } = useView()
  const isOffline = state.phone?.online === false
  return (
    <div className="status" aria-hidden="true">
      <span className="status__time">{clockOf(now, settings)}</span>
      <span className="status__right">
        {isOffline ? (
          <span className="status__plane">
            <Icon name="plane" />
          </span>
        ) : (
          <span className="status__signal">
            <i />
            <i />
            <i />
            <i />
          </span>
        )}
        <span className="status__battery">
          <i />
        </span>
      </span>
    </div>
  )
}

/** Lies over the foot of the screen, where nothing can be sent then: it pushes nothing aside. */
export function Banner() {
  const { state } = useView()
  const { api, attempt } = useActions()
  const words = useTexts(phoneTexts)
  const isLost = state.connection === 'lost'
  const isOffline = state.phone?.online === false
  return (
    <div className="banner" role="status" hidden={!isLost && !isOffline}>
      <span>{isLost ? words.lost : words.offline}</span>
      {!isLost && (
        <button
          className="text-button"
          type="button"
          onClick={() => void attempt(() => api.setOnline(true))}
        >
          {words.offlineButton}
        </button>
      )}
    </div>
  )
}
