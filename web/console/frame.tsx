/** What stands around every page: the name, where to go, language and appearance, and notices. */

import type { ReactNode } from 'react'
import { ask } from './api.js'
import type { Language } from '../shared/texts.js'
import { type Theme, useApp, useNotice } from './app.js'
import { useLive } from './live.js'
import { Link } from './parts.js'
import { useAct, useReadAgain, useVisit } from './reading.js'
import { useMay } from './role.js'
import { useRoute } from './route.js'
import { useShortcuts } from './shortcuts.js'

const themes: readonly Theme[] = ['system', 'light', 'dark']

interface FrameProps {
  readonly isIn: boolean
  readonly children: ReactNode
}

export function Frame({ isIn, children }: FrameProps) {
  const { words } = useApp()
  const notice = useNotice()
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="bar">
        <div className="bar__inside">
          <Link to={{ page: 'instances' }} className="brand">
            <strong>{words.product}</strong> <span>{words.console}</span>
          </Link>
          {isIn && <Nav />}
          <Choosing />
        </div>
      </header>
      {children}
      <div className="notice" role="status" aria-live="polite">
        {notice !== undefined && <p>{notice}</p>}
      </div>
    </>
  )
}

function Nav() {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const { page } = useRoute()
  const { data: visit } = useVisit()
  const isAdministrator = useMay('administrator')
  const isLive = useLive()
  useShortcuts()
  const logOut = useAct(async () => {
    await ask('POST', 'log-out')
    await readAgain('visit')
  })
  return (
    <nav aria-label={words.console}>
      <Link
        to={{ page: 'instances' }}
        aria-current={page === 'instances' || page === 'instance' ? 'page' : undefined}
      >
        {words.nav.instances}
      </Link>
      <Link to={{ page: 'messages' }} aria-current={page === 'messages' ? 'page' : undefined}>
        {words.nav.messages}
      </Link>
      <Link
        to={{ page: 'pools' }}
        aria-current={page === 'pools' || page === 'pool' ? 'page' : undefined}
      >
        {words.pools.title}
      </Link>
      <Link to={{ page: 'alerts' }} aria-current={page === 'alerts' ? 'page' : undefined}>
        {words.nav.alerts}
      </Link>
      {visit?.hasNodes && (
        <Link to={{ page: 'nodes' }} aria-current={page === 'nodes' ? 'page' : undefined}>
          {words.nav.nodes}
        </Link>
      )}
      {isAdministrator && (
        <>
          <Link to={{ page: 'people' }} aria-current={page === 'people' ? 'page' : undefined}>
            {words.nav.people}
          </Link>
          <Link to={{ page: 'trail' }} aria-current={page === 'trail' ? 'page' : undefined}>
            {words.nav.trail}
          </Link>
        </>
      )}
      <Link to={{ page: 'account' }} aria-current={page === 'account' ? 'page' : undefined}>
        {words.nav.account}
      </Link>
      <button type="button" className="plain" onClick={() => logOut.mutate()}>
        {words.nav.logOut}
      </button>
      <span
        key={`${isLive}`}
        className={isLive ? 'live live--on' : 'live'}
        title={isLive ? words.live : words.offline}
      >
        {isLive ? words.live : words.notLive}
      </span>
    </nav>
  )
}

function Choosing() {
  const { words, language, theme, choose } = useApp()
  const other: Language = language === 'en' ? 'pt' : 'en'
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  return (
    <div className="bar__choices">
      <button
        type="button"
        className="plain"
        lang={other === 'pt' ? 'pt-BR' : 'en'}
        onClick={() => choose({ language: other })}
      >
        {other === 'pt' ? 'Português' : 'English'}
      </button>
      <button
        type="button"
        className="plain"
        aria-label={`${words.theme}: ${words.themes[theme]}`}
        onClick={() => choose({ theme: nextTheme })}
      >
        <span aria-hidden="true">◐ </span>
        {words.themes[theme]}
      </button>
    </div>
  )
}
