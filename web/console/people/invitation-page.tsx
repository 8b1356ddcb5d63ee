/** The page of an invitation: the person chooses a name and a password. */

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InvitationAnswer } from '../../../gateway/src/console/people-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { Field, Form, type Values } from '../form.js'
import { useTitle } from '../page.js'
import { Problem, Skeleton } from '../parts.js'
import { useReadAgain } from '../reading.js'
import { roleTexts } from '../role.js'
import { go } from '../route.js'
import { peopleTexts } from './words.js'

export function InvitationPage() {
  const words = useTexts(peopleTexts)
  const [token] = useState(takeToken)
  useTitle(words.joinTitle)
  return (
    <main className="door" id="content">
      <div className="card">
        <h1>{words.joinTitle}</h1>
        {token === undefined ? <p>{words.noLink}</p> : <Join token={token} />}
      </div>
    </main>
  )
}

function Join({ token }: { readonly token: string }) {
  const words = useTexts(peopleTexts)
  const roleNames = useTexts(roleTexts)
  const readAgain = useReadAgain()
  const { data, error } = useQuery({
    queryKey: ['invitation'],
    queryFn: () => ask<InvitationAnswer>('POST', 'invitation/look', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const join = async (values: Values): Promise<string | undefined> => {
    if (values.text('password') !== values.text('again')) return words.differ
    await ask('POST', 'invitation/accept', {
      token,
      name: values.text('name'),
      password: values.text('password'),
    })
    forget()
    await readAgain('visit')
    go({ page: 'instances' })
    return undefined
  }
  if (error !== null) return <Problem refusal={error} />
  if (data === undefined) return <Skeleton rows={4} />
  const password = {
    type: 'password',
    minLength: 12,
    maxLength: 200,
    autoComplete: 'new-password',
  } as const
  return (
    <>
      <p className="lead">{words.joinLead(roleNames[data.role])}</p>
      <Form submit={words.join} act={join}>
        <Field name="name" label={words.name} autoComplete="username" autoFocus maxLength={100} />
        <Field {...password} name="password" label={words.password} hint={words.passwordHint} />
        <Field {...password} name="again" label={words.again} />
      </Form>
    </>
  )
}

/** Of this tab, so that loading the page again does not lose the link. */
const kept = 'recado.invitation'

/** Out of the address at once, so that it stands in no history. */
function takeToken(): string | undefined {
  const [, token] = /^#([\w-]{43})$/u.exec(location.hash) ?? []
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  if (token !== undefined) sessionStorage.setItem(kept, token)
  return token ?? sessionStorage.getItem(kept) ?? undefined
}

function forget(): void {
  sessionStorage.removeItem(kept)
}
