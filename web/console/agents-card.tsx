/** The card of tokens for AI agents, loaded when it is shown. */

import { lazy, Suspense } from 'react'
import { Skeleton } from './parts.js'

const Agents = lazy(async () => {
  const { Agents: shown } = await import('./agents/agents.js')
  return { default: shown }
})

/** `id`: of an instance or a pool. */
export function AgentsCard({ id }: { readonly id: string }) {
  return (
    <Suspense fallback={<Skeleton rows={6} />}>
      <Agents id={id} />
    </Suspense>
  )
}
