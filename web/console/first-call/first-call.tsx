/** The first call of a new instance, filled in with what opens it. */

import { useId, useState } from 'react'
import type { FirstCallAnswer } from '../../../gateway/src/console/instance-answers.js'
import { Choices } from '../../shared/choices.js'
import { copyText } from '../../shared/clipboard.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { type SnippetLanguage, snippetLanguages, snippetOf } from './snippets.js'
import { firstCallTexts } from './words.js'

interface FirstCallProps {
  readonly id: string
  readonly token: string
  readonly firstCall: FirstCallAnswer
}

export function FirstCall({ id, token, firstCall }: FirstCallProps) {
  const app = useApp()
  const words = useTexts(firstCallTexts)
  const [phone, setPhone] = useState('5511999999999')
  const [typed, setTyped] = useState('')
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const { url = location.origin, isClientTokenRequired, clientToken = typed } = firstCall
  const isTyped = isClientTokenRequired && firstCall.clientToken === undefined
  const call = snippetOf(language, {
    url,
    id,
    token,
    phone: phone.replaceAll(/\D/gu, ''),
    message: words.message,
    clientToken: isClientTokenRequired ? clientToken || 'CLIENT_TOKEN' : undefined,
  })
  const copy = async (): Promise<void> => {
    app.say((await copyText(call)) ? app.words.copied : app.words.copyFailed)
  }
  return (
    <section className="first-call">
      <h3>{words.title}</h3>
      <p className="hint">{words.hint}</p>
      <div className="columns">
        <Typed label={words.phone} hint={words.phoneHint} value={phone} change={setPhone} isTel />
        {isTyped && (
          <Typed
            label={words.clientToken}
            hint={words.clientTokenHint}
            value={typed}
            change={setTyped}
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
      <pre tabIndex={0} aria-label={words.title}>
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
