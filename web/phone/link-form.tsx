/** Linking a device. One field takes either: a pairing code is recognised by its shape. */

import { useCallback, useEffect, useState, useTransition } from 'react'
import { useTexts } from '../shared/texts.js'
import { useActions, useView } from './phone-context.js'
import { hashOf } from './route.js'
import { submitOnEnter } from './submit-on-enter.js'
import { phoneTexts } from './words.js'

const PAIRING_CODE = /^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/

export function LinkForm() {
  const words = useTexts(phoneTexts)
  const { text, setText, link, isBusy } = useLinking()
  return (
    <form
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') link(text.trim())
      }}
    >
      <h2 className="page__heading">{words.linkDevice}</h2>
      <p className="faint" id="link-hint">
        {words.linkHint}
      </p>
      <label className="field__label" htmlFor="link-text">
        {`${words.qrText} / ${words.pairingCode.toLowerCase()}`}
      </label>
      <textarea
        className="field"
        id="link-text"
        rows={3}
        maxLength={2000}
        required
        spellCheck={false}
        autoComplete="off"
        aria-describedby="link-hint"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={submitOnEnter}
      />
      <button className="button" type="submit" disabled={isBusy}>
        {words.link}
      </button>
    </form>
  )
}

function useLinking() {
  const words = useTexts(phoneTexts)
  const { route } = useView()
  const { api, attempt, say } = useActions()
  const [text, setText] = useState('')
  const [isBusy, startLinking] = useTransition()
  const { linked } = words

  const link = useCallback(
    (code: string): void =>
      startLinking(async () => {
        let standing = ''
        const done = await attempt(async () => {
          standing = await (PAIRING_CODE.test(code) ? api.enter(code) : api.scan(code))
        })
        if (!done) return
        setText('')
        if (standing === 'linked') say(linked)
      }),
    [api, attempt, say, linked],
  )

  const scanned = route.screen === 'linked' ? route.scan : ''
  if (scanned !== '' && scanned !== text) setText(scanned)
  useEffect(() => {
    if (scanned === '') return
    // Out of the address first: it is scanned once, and neither kept nor shown there.
    history.replaceState(null, '', hashOf({ screen: 'linked', scan: '' }))
    link(scanned)
  }, [scanned, link])
  return { text, setText, link, isBusy }
}
