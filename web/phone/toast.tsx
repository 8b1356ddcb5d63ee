/** What is said for a moment at the foot of the screen. Screen readers hear it, too. */

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const SEEN_MS = 2600
const GAP_PX = 14

export interface Notice {
  readonly text: string
}

export interface Notices {
  readonly notice: Notice | undefined
  readonly say: (text: string) => void
}

export function useNotices(): Notices {
  const [notice, setNotice] = useState<Notice>()
  const say = useCallback((text: string) => setNotice({ text }), [])
  useEffect(() => {
    if (notice === undefined) return undefined
    const timer = setTimeout(() => setNotice(undefined), SEEN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return { notice, say }
}

export function Toast({ notice }: Pick<Notices, 'notice'>) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (notice !== undefined && place.current !== null) liftOverComposer(place.current)
  }, [notice])
  return (
    <div ref={place} className="toast-place" role="status" aria-live="polite">
      {notice && <div className="toast">{notice.text}</div>}
    </div>
  )
}

/** The text that is being written at the foot stays legible, however many lines it has. */
function liftOverComposer(place: HTMLElement): void {
  const composer = place.parentElement?.querySelector<HTMLElement>('.composer')
  place.style.bottom = composer ? `${composer.offsetHeight + GAP_PX}px` : ''
}
