/**
 * A stream of the simulator's events, as long as the page is in sight.
 *
 * A browser opens few connections to one address, so a hidden page gives its own
 * back; when it is seen again the stream begins with everything.
 */

export interface LiveHandlers<Events> {
  /** By the event's name: takes what it is about. */
  readonly events: { readonly [Name in keyof Events]: (about: Events[Name]) => void }
  /** The stream broke and is tried again. */
  readonly lost: () => void
  /** The simulator refused it; it is not tried again. */
  readonly refused: () => void
}

/** Gives what ends it. */
export function follow<Events extends object>(
  path: string,
  { events, lost, refused }: LiveHandlers<Events>,
): () => void {
  let source: EventSource | undefined
  const ended = new AbortController()

  const open = (): void => {
    const opened = new EventSource(path)
    source = opened
    for (const name in events) {
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => {
        events[name](JSON.parse(data))
      })
    }
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) refused()
      else lost()
    })
  }
  const close = (): void => {
    source?.close()
    source = undefined
  }

  const look = (): void => {
    close()
    if (document.visibilityState === 'visible') open()
  }
  // A page that was kept for the back button is as it was, without its stream.
  const show = (event: PageTransitionEvent): void => {
    if (!event.persisted) return
    close()
    open()
  }
  document.addEventListener('visibilitychange', look, { signal: ended.signal })
  addEventListener('pageshow', show, { signal: ended.signal })
  open()
  return () => {
    ended.abort()
    close()
  }
}
