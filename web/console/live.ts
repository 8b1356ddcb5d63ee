/** Hears from the gateway that something changed, and has it read again. */

import { type QueryClient, type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Change } from '../../gateway/src/console/change-answers.js'
import { keyOf, visitKey } from './reading.js'

/** What of an instance is another then; the instance itself with all but `callbacks`. */
const belowOf: Readonly<Record<Change['topic'], readonly string[]>> = {
  session: ['qr', 'passkey'],
  messages: ['messages', 'queue', 'health', 'call/chats', 'call/chat-messages'],
  callbacks: ['callbacks'],
}

const listenAgainMs = 1_000

/** Over all instances: read again after a change, and not all the time while there are many. */
const overAll = ['home', 'messages'] as const
const restMs = 2_000
/** Reading takes at most this part of the time. */
const restsForEach = 20

/** An answer that takes longer is not awaited before what changed is read again. */
const longestAnswerMs = 30_000

/** Whether changes arrive by themselves. */
export function useLive(): boolean {
  const client = useQueryClient()
  const [isLive, setLive] = useState(false)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const again = overAll.map((path) => gently(() => readAfterChange(client, { queryKey: [path] })))
    let timer: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource('/console/api/events')
    source.addEventListener('hello', () => {
      setLive(true)
      // What changed while there was no listener.
      void readAfterChange(client, { queryKey: ['instances'] })
      for (const read of again) read()
    })
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      const changes: readonly Change[] = JSON.parse(data)
      for (const change of changes) readAgain(client, change)
      void readAfterChange(client, { queryKey: ['instances'], exact: true })
      for (const read of again) read()
    })
    source.addEventListener('error', () => {
      setLive(false)
      // The login may have ended.
      const asked = client.invalidateQueries({ queryKey: visitKey })
      if (source.readyState !== EventSource.CLOSED) return
      // Not at once: too many pages may be open, and then it is refused again.
      timer = setTimeout(() => void asked.then(() => setAttempt(attempt + 1)), listenAgainMs)
    })
    return () => {
      clearTimeout(timer)
      source.close()
      setLive(false)
    }
  }, [client, attempt])

  return isLive
}

function readAgain(client: QueryClient, { instanceId, topic }: Change): void {
  const instance = `instances/${instanceId}`
  if (topic !== 'callbacks')
    void readAfterChange(client, { queryKey: keyOf(instance), exact: true })
  for (const below of belowOf[topic])
    void readAfterChange(client, { queryKey: keyOf(`${instance}/${below}`) })
}

/**
 * Reads again what was read before the change. An answer that is still on its way may be from before it, too, but is
 * awaited: it may be a further page that the person asked for, and changes may come faster than answers. One that does
 * not come is given up.
 */
async function readAfterChange(client: QueryClient, filters: QueryFilters): Promise<void> {
  const running = client.refetchQueries(
    { ...filters, fetchStatus: 'fetching' },
    { cancelRefetch: false },
  )
  const cancelRefetch = await Promise.race([
    running.then(() => false),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(true), longestAnswerMs)),
  ])
  await client.invalidateQueries(filters, { cancelRefetch })
}

/** Gives what has `read` run now, or as soon as the rest after the last time is over. */
function gently(read: () => Promise<void>): () => void {
  let isResting = false
  let isWanted = false
  const run = async (): Promise<void> => {
    isResting = true
    const begin = performance.now()
    await read()
    const tookMs = performance.now() - begin
    await new Promise((done) => setTimeout(done, Math.max(restMs, tookMs * restsForEach)))
    isResting = false
    if (!isWanted) return
    isWanted = false
    await run()
  }
  return () => {
    if (isResting) isWanted = true
    else void run()
  }
}
