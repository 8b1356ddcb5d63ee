/** Hears from the gateway that something changed, and has it read again. */

import type { Change } from '../../gateway/src/console/answers.js'
import type { App } from './app.js'

const pathsOf: Readonly<Record<Change['topic'], readonly string[]>> = {
  session: ['', '/qr'],
  messages: ['', '/messages', '/queue', '/health'],
  callbacks: ['/callbacks'],
}

/** Call what it gives to hear no more. `refused`: the gateway ended it, and it does not come back by itself. */
export function listen(app: App, refused: () => void): () => void {
  const source = new EventSource('/console/api/events')
  const turn = (isLive: boolean): void => {
    if (app.isLive === isLive) return
    app.isLive = isLive
    app.update()
  }
  source.addEventListener('hello', () => {
    turn(true)
    // What changed while nobody listened.
    app.queries.invalidate('instances')
  })
  source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
    const changes: readonly Change[] = JSON.parse(data)
    const changed = changes.flatMap(({ instanceId, topic }) =>
      pathsOf[topic].map((path) => `instances/${instanceId}${path}`),
    )
    app.queries.invalidateExactly(new Set(['instances', ...changed]))
  })
  source.addEventListener('error', () => {
    turn(false)
    if (source.readyState === EventSource.CLOSED) refused()
  })
  return () => source.close()
}
