/** The first call of an instance or a pool, filled in with what opens it. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { FirstCallAnswer } from '../../../gateway/src/console/instance-answers.js'
import { Choices } from '../../shared/choices.js'
import { copyText } from '../../shared/clipboard.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Problem, Skeleton } from '../parts.js'
import { type SnippetLanguage, snippetLanguages, snippetOf } from './snippets.js'
import { firstCallTexts } from './words.js'

export interface FirstCallProps {
  readonly of: 'instance' | 'pool'
  readonly id: string
  /** Missing where the gateway keeps no more than its hash: it is typed. */
  readonly token?: string
}

export function FirstCall(props: FirstCallProps) {
  const path = `instances/${props.id}/first-call`
  // Asked once: it may tell the Client-Token, and the audit log says so each time.
  const { data, error } = useQuery({
    queryKey: ['first-call', props.id],
    queryFn: () => ask<FirstCallAnswer>('POST', path),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (error !== null) return <Problem refusal={error} />
  if (data === undefined) return <Skeleton rows={9} />
  return <Snippets {...props} firstCall={data} />
}

function Snippets({
  of,
  id,
  firstCall,
  ...known
}: FirstCallProps & { readonly firstCall: FirstCallAnswer }) {
  const app = useApp()
  const words = useTexts(firstCallTexts)
  const [phone, setPhone] = useState('5511999999999')
  const [typedToken, setToken] = useState('')
  const [typedClientToken, setClientToken] = useState('')
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const { url = location.origin, isClientTokenRequired, clientToken = typedClientToken } = firstCall
  const { token = typedToken } = known
  const call = snippetOf(language, {
    url,
    id,
    token: token || 'TOKEN',
    phone: phone.replaceAll(/\D/gu, ''),
    message: words.message,
    clientToken: isClientTokenRequired ? clientToken || 'CLIENT_TOKEN' : undefined,
  })
  const copy = async (): Promise<void> => {
    app.say((await copyText(call)) ? app.words.copied : app.words.copyFailed)
  }
  return (
    <section className="first-call">
      <p className="hint">{words.hints[of]}</p>
      <div className="columns">
        <Typed label={words.phone} hint={words.phoneHint} value={phone} change={setPhone} isTel />
        {known.token === undefined && (
          <Typed label={words.token} hint={words.tokenHint} value={typedToken} change={setToken} />
        )}
        {isClientTokenRequired && firstCall.clientToken === undefined && (
          <Typed
            label={words.clientToken}
            hint={words.clientTokenHint}
            value={typedClientToken}
            change={setClientToken}
          />
        )}
      </div>
      <Choices
        name="snippet"
        legend={words.language}
        labels={words.languages}
        order={snippetLanguages}
        chosen={language}
        choose={setLanguage}
      />
      {/* It scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0} aria-label={app.words.token.firstCall}>
        {call}
      </pre>
      <div>
        <button type="button" onClick={() => void copy()}>
          {words.copy}
        </button>
      </div>
    </section>
  )
}

interface TypedProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly change: (value: string) => void
  readonly isTel?: boolean
}

function Typed({ label, hint, value, change, isTel }: TypedProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        inputMode={isTel ? 'tel' : 'text'}
        maxLength={isTel ? 40 : 200}
        value={value}
        onChange={({ target }) => change(target.value)}
      />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
