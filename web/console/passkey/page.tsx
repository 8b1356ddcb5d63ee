/** The page of a one-time link, for the person with the passkey: no login is needed. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { PasskeyLinkView } from '../../../gateway/src/console/passkey-answers.js'
import { ask, Refusal } from '../api.js'
import { useApp } from '../app.js'
import { useTitle } from '../page.js'
import { Link, Problem, Skeleton } from '../parts.js'
import { useVisit } from '../reading.js'
import { type LinkInAddress, linkHere, takeLink } from './link-in-address.js'
import { answerIn } from './signing.js'
import { PasskeyFailure, stepOf } from './standing.js'
import { PasskeySteps } from './steps.js'

export function PasskeyPage() {
  const { words } = useApp()
  const [link, setLink] = useState(takeLink)
  useTitle(words.passkey.page)
  useEffect(() => {
    // Another link in the address of the same tab loads nothing.
    const take = (): void => {
      if (location.hash.length > 1) setLink(takeLink())
    }
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])
  return (
    <main className="passkey-page" id="content">
      <h1>{words.passkey.page}</h1>
      <div className="card">
        {link === undefined ? <NoLink /> : <Linking key={link.token} link={link} />}
      </div>
    </main>
  )
}

const everyMs = 1_500

function Linking({ link: { token, answer } }: { readonly link: LinkInAddress }) {
  const { words } = useApp()
  const client = useQueryClient()
  const queryKey = ['passkey-link', token]
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => ask<PasskeyLinkView>('POST', 'passkey-link/state', { token }),
    refetchInterval: everyMs,
  })
  const tell = async (what: 'answer' | 'code', said: object): Promise<void> => {
    await ask('POST', `passkey-link/${what}`, { token, ...said })
    await client.invalidateQueries({ queryKey })
  }
  const {
    mutate,
    isPending,
    error: wrong,
  } = useMutation({
    mutationFn: (signed: object) => tell('answer', { answer: signed }),
  })
  useEffect(() => {
    const signed = answer === undefined ? undefined : answerIn(answer)
    if (signed !== undefined) mutate(signed)
  }, [answer, mutate])

  if (error instanceof Refusal && error.status === 404) return <NoLink />
  if (data === undefined)
    return error === null ? <Skeleton rows={6} /> : <Problem refusal={error} />
  const step = stepOf(data)
  if (step === undefined) return <Ended passkey={data} />
  if (step === 'passkey' && isPending)
    return (
      <p role="status" className="passkey__waiting">
        {words.passkey.checking}
      </p>
    )
  return (
    <PasskeySteps
      step={step}
      passkey={data}
      instanceName={data.instanceName}
      link={linkHere(token)}
      send={(signed) => tell('answer', { answer: signed })}
      compare={(same) => tell('code', { same })}
      problem={step === 'passkey' && wrong !== null && <Problem refusal={wrong} />}
    />
  )
}

function Ended({ passkey: { state, failure } }: { readonly passkey: PasskeyLinkView }) {
  const words = useApp().words.passkey
  if (state === 'linked') return <Said title={words.linked} hint={words.linkedHint} />
  if (failure === undefined) return <NoLink />
  return (
    <>
      <PasskeyFailure failure={failure} />
      <p className="hint">{words.failedHere}</p>
      <ToConsole />
    </>
  )
}

function NoLink() {
  const words = useApp().words.passkey
  return <Said title={words.noLink} hint={words.noLinkHint} />
}

function Said({ title, hint }: { readonly title: ReactNode; readonly hint: string }) {
  return (
    <div role="status" className="passkey__said">
      <h2>{title}</h2>
      <p>{hint}</p>
      <ToConsole />
    </div>
  )
}

/** For those who are logged in. */
function ToConsole() {
  const words = useApp().words.passkey
  const { data } = useVisit()
  if (data?.state !== 'in') return undefined
  return (
    <div className="actions">
      <Link to={{ page: 'instances' }} className="button">
        {words.toConsole}
      </Link>
    </div>
  )
}
