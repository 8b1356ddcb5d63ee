/** A page: its heading, which is also the title of the window. A screen reader says it first on each new page. */

import { type ReactNode, useEffect, useRef } from 'react'
import { useApp } from './app.js'
import { hasMovedTo, usePath } from './route.js'

interface PageProps {
  readonly title: string
  readonly lead: ReactNode
  /** At the other end of the line of the heading. */
  readonly beside?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, lead, beside, children }: PageProps) {
  const path = usePath()
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  useEffect(() => {
    if (hasMovedTo(path) && document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <main id="content">
      <div className="title-row">
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {lead}
        </div>
        {beside}
      </div>
      {children}
    </main>
  )
}

export function useTitle(title: string): void {
  const { words } = useApp()
  useEffect(() => {
    document.title = `${title} · ${words.product}`
  }, [title, words])
}
