/** The bar at the top of a screen. */

import type { ReactNode } from 'react'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { hashOf } from './route.js'
import { phoneTexts } from './words.js'

interface BarProps {
  readonly title: string
  /** Below the title. */
  readonly subtitle?: string
  /** Between the way back and the title. */
  readonly face?: ReactNode
  /** Whether it leads back to the chats. */
  readonly leadsBack?: boolean
  /** A class besides its own. */
  readonly look?: string
  /** What stands at its end. */
  readonly children?: ReactNode
}

export function Bar({ title, subtitle, face, leadsBack = true, look = '', children }: BarProps) {
  const words = useTexts(phoneTexts)
  return (
    <header className={`bar ${look}`.trim()}>
      {leadsBack && (
        <a className="icon-button" href={hashOf({ screen: 'chats' })} aria-label={words.back}>
          <Icon name="back" />
        </a>
      )}
      {face}
      <div className="bar__names">
        {/* A screen that opens gives it the focus. */}
        <h1 className="bar__title" tabIndex={-1}>
          {title}
        </h1>
        {subtitle !== undefined && <p className="bar__subtitle">{subtitle}</p>}
      </div>
      {children}
    </header>
  )
}
