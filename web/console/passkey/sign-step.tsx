/** Having the passkey sign on web.whatsapp.com: by a line for the console of the browser, or by the extension. */

import extensionUrl from 'virtual:extension-zip'
import { useState } from 'react'
import { useApp } from '../app.js'
import { Choices } from '../../shared/choices.js'
import { copyText } from '../../shared/clipboard.js'
import { Form, TextField, type Values } from '../form.js'
import { answerIn, encoded, lineOf, type SigningRequest } from './signing.js'

const whatsappWeb = 'https://web.whatsapp.com/'
const ways = ['line', 'extension'] as const

interface RequestProps {
  readonly request: SigningRequest
}

interface SignStepProps extends RequestProps {
  readonly virtualPhonesUrl: string | undefined
  /** Throws `Refusal`. */
  readonly send: (answer: object) => Promise<void>
}

export function SignStep({ request, virtualPhonesUrl, send }: SignStepProps) {
  const words = useApp().words.passkey
  const [way, setWay] = useState<(typeof ways)[number]>('line')
  return (
    <>
      <div className="actions">
        <Choices
          name="way"
          legend={words.way}
          labels={words.ways}
          order={ways}
          chosen={way}
          choose={setWay}
        />
        {virtualPhonesUrl !== undefined && (
          <a
            className="button small"
            href={`${virtualPhonesUrl}#sign=${encoded(request)}`}
            target="_blank"
            rel="noopener"
          >
            {words.signVirtually}
          </a>
        )}
      </div>
      {way === 'line' ? <ByLine request={request} /> : <ByExtension request={request} />}
      <details>
        <summary>{words.noReturn}</summary>
        <Paste send={send} />
      </details>
    </>
  )
}

function ByLine({ request }: RequestProps) {
  const app = useApp()
  const words = app.words.passkey
  const line = lineOf(request, words.line)
  const copyAndOpen = async (): Promise<void> => {
    const isCopied = await copyText(line)
    app.say(isCopied ? words.copied : words.copyFailed)
    if (isCopied) window.open(whatsappWeb, '_blank', 'noopener')
  }
  return (
    <ol className="big-steps">
      <li>
        <strong>{words.openStep}</strong>
        <button type="button" className="filled" onClick={() => void copyAndOpen()}>
          {words.copyAndOpen}
        </button>
        <p className="hint">{words.openHint}</p>
      </li>
      <li>
        <strong>{words.runStep}</strong>
        <p>{words.runHint}</p>
        <p>{words.chooseHint}</p>
        <details>
          <summary>{words.theLine}</summary>
          {/* Reached by the keyboard too, because it scrolls. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="line" tabIndex={0}>
            {line}
          </pre>
        </details>
      </li>
      <li>
        <strong>{words.confirmStep}</strong>
      </li>
    </ol>
  )
}

function ByExtension({ request }: RequestProps) {
  const words = useApp().words.passkey
  return (
    <ol className="big-steps">
      <li>
        <strong>{words.installStep}</strong>
        <a className="button" href={extensionUrl} download="recado-passkey.zip">
          {words.download}
        </a>
        <p className="hint">{words.installHint}</p>
      </li>
      <li>
        <strong>{words.pressStep}</strong>
        <a
          className="button filled"
          href={`${whatsappWeb}#recado=${encoded(request)}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {words.openWithExtension}
        </a>
        <p>{words.chooseHint}</p>
      </li>
      <li>
        <strong>{words.confirmStep}</strong>
      </li>
    </ol>
  )
}

function Paste({ send }: Pick<SignStepProps, 'send'>) {
  const words = useApp().words.passkey
  const act = async (values: Values): Promise<string | undefined> => {
    const answer = answerIn(values.text('answer'))
    if (answer === undefined) return words.noAnswer
    await send(answer)
    return undefined
  }
  return (
    <Form submit={words.sendAnswer} act={act}>
      <TextField
        name="answer"
        label={words.answer}
        hint={words.pasteHint}
        className="code"
        required
        spellCheck={false}
        autoComplete="off"
        maxLength={20_000}
      />
    </Form>
  )
}
