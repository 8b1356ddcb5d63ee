/** Sending messages and making calls by hand. */

import { lazy, Suspense } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { Skeleton } from './parts.js'
import { useMay, WhyNot } from './role.js'

/** It draws every kind of message, which the other pages do not need. */
const Sending = lazy(async () => {
  const { Sending: shown } = await import('./send/sending.js')
  return { default: shown }
})

export function SendTab({ instance }: { readonly instance: InstanceAnswer }) {
  if (!useMay('operator')) return <WhyNot least="operator" />
  return (
    <Suspense fallback={<Skeleton rows={6} />}>
      <Sending instance={instance} />
    </Suspense>
  )
}
