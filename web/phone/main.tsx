/** The page of the simulator: the list of phones at `/phones`, one phone at `/phones/{phone}`. */

import { createRoot } from 'react-dom/client'
import { LanguageProvider } from '../shared/texts.js'
import { PhonePage } from './phone-page.js'
import { PhonesPage } from './phones-page.js'
import { useSettings } from './settings.js'

function Page() {
  const { settings, choose } = useSettings()
  const number = /^\/phones\/(\d+)\/?$/.exec(location.pathname)?.[1]
  return (
    <LanguageProvider language={settings.language}>
      {number === undefined ? (
        <PhonesPage settings={settings} choose={choose} />
      ) : (
        <PhonePage number={number} settings={settings} choose={choose} />
      )}
    </LanguageProvider>
  )
}

createRoot(document.querySelector('#page') ?? document.body).render(<Page />)
