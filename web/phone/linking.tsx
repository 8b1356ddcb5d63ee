/** What the phone shows of a linking that asks for a passkey: where it stands, and the owner's two answers. */

import { useEffect } from 'react'
import { useTexts } from '../shared/texts.js'
import { useActions, useView } from './phone-context.js'
import { hashOf } from './route.js'
import { signAndGoBack } from './sign.js'
import { phoneTexts } from './words.js'

export function LinkingCard() {
  const { linking: words } = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt } = useActions()
  useSigning()
  const linking = state.phone?.linking
  if (linking === undefined) return undefined
  const text = words[linking.step]
  return (
    <section className="link-form">
      <h2 className="page__heading">{words.title}</h2>
      <p role="status">{linking.step === 'compare' ? `${text} ${linking.code}` : text}</p>
      {linking.step === 'confirm' && (
        <button
          className="button"
          type="button"
          onClick={() => void attempt(() => api.confirmLinking())}
        >
          {words.tap}
        </button>
      )}
      {linking.step !== 'failed' && (
        <button
          className="text-button"
          type="button"
          onClick={() => void attempt(() => api.cancelLinking())}
        >
          {words.cancel}
        </button>
      )}
    </section>
  )
}

/** Signs what the address asks for, once. */
function useSigning(): void {
  const { route } = useView()
  const { api, attempt } = useActions()
  const request = route.screen === 'linked' ? route.sign : undefined
  useEffect(() => {
    if (request === undefined) return
    // Out of the address first: it is signed once.
    history.replaceState(null, '', hashOf({ screen: 'linked', scan: '' }))
    void attempt(() => signAndGoBack(api, request))
  }, [request, api, attempt])
}
