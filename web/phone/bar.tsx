/** The bar at the top of a screen. */

import type { ReactNode } from 'react'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { hashOf, type Route } from './route.js'
import { phoneTexts } from './words.js'

interface BarProps {
  readonly title: string
  /** Below the title. */
  readonly subtitle?: string
  /** Between the way back and the title. */
  readonly face?: ReactNode
  /** Whether it leads back. */
  readonly leadsBack?: boolean
  /** Where it leads back to; the chats when left out. */
  readonly back?: Route
  /** Where a tap on the title leads. */
  readonly leadsTo?: Route
  /** A class besides its own. */
  readonly look?: string
  /** What stands at its end. */
  readonly children?: ReactNode
}

export function Bar(props: BarProps) {
  const { title, subtitle, face, leadsBack = true, look = '', leadsTo, children } = props
  const { back = { screen: 'chats' } } = props
  const words = useTexts(phoneTexts)
  const names = (
    <>
      {/* A screen that opens gives it the focus. */}
      <h1 className="bar__title" tabIndex={-1}>
        {title}
      </h1>
      {subtitle !== undefined && <p className="bar__subtitle">{subtitle}</p>}
    </>
  )
  return (
    <header className={`bar ${look}`.trim()}>
      {leadsBack && (
        <a className="icon-button" href={hashOf(back)} aria-label={words.back}>
          <Icon name="back" />
        </a>
      )}
      {face}
      {leadsTo === undefined ? (
        <div className="bar__names">{names}</div>
      ) : (
        <a className="bar__names bar__names--link" href={hashOf(leadsTo)}>
          {names}
        </a>
      )}
      {children}
    </header>
  )
}
