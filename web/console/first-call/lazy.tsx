/** The first call, loaded when it is shown. */

import { lazy, Suspense } from 'react'
import { Skeleton } from '../parts.js'
import type { FirstCallProps } from './first-call.js'

const FirstCall = lazy(async () => {
  const loaded = await import('./first-call.js')
  return { default: loaded.FirstCall }
})

export function LazyFirstCall(props: FirstCallProps) {
  return (
    <Suspense fallback={<Skeleton rows={9} />}>
      <FirstCall {...props} />
    </Suspense>
  )
}
