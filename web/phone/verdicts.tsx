/** What each client shows of a message: by the rules of the simulator, and where they find no fault, by public reports. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { type ButtonClient, buttonClients, buttonEvidence } from '../bubble/button-evidence.js'
import { kindEvidence } from '../bubble/kind-evidence.js'
import { useTexts } from '../shared/texts.js'
import { useView, type View } from './phone-context.js'
import { contactOf } from './phone-state.js'
import { phoneTexts } from './words.js'

interface VerdictsProps {
  readonly message: MessageView
}

export function Verdicts({ message }: VerdictsProps) {
  return (
    <ul className="verdicts">
      {buttonClients
        .filter((client) => drawingOn(client, message) !== undefined)
        .map((client) => (
          <Verdict key={client} client={client} message={message} />
        ))}
    </ul>
  )
}

interface VerdictProps extends VerdictsProps {
  readonly client: ButtonClient
}

function Verdict({ client, message }: VerdictProps) {
  const words = useTexts(phoneTexts)
  const isChosen = useView().settings.client === client
  return (
    <li className={isChosen ? 'verdict verdict--chosen' : 'verdict'}>
      <span className="verdict__client">{words.buttonClients[client]}</span>
      <Judgement client={client} message={message} />
    </li>
  )
}

function Judgement({ client, message }: VerdictProps) {
  const words = useTexts(phoneTexts)
  const view = useView()
  const drawing = drawingOn(client, message) ?? 'whole'
  if (drawing !== 'whole')
    return <span className="standing standing--bad">{words.drawings[drawing]}</span>
  if (message.view.kind === 'text')
    return <span className="verdict__shown">{words.drawings.whole}</span>
  const { standing, reports } = evidenceOf(client, message, view)
  const [first] = reports
  return (
    <>
      <span className="verdict__shown">
        <span className={`standing standing--${standing}`}>{words.standings[standing]}</span>
        {first && <time dateTime={first.date}>{first.date}</time>}
      </span>
      <span className="verdict__report">
        {first ? `${first.source}: ${first.claim}` : words.noReport}
      </span>
    </>
  )
}

/** Of the copy button where there is one, else of the kind. */
function evidenceOf(client: ButtonClient, message: MessageView, view: View) {
  if (message.buttons.length > 0 || client === 'desktop') {
    return buttonEvidence(client, factsOf(message, view))
  }
  const { kind, parts, viewOnce = false } = message.view
  const isDrawn = parts.every(({ type }) => type !== 'unknown')
  return kindEvidence(client, { kind, viewOnce, isDrawn, isGroup: message.chat.includes('@') })
}

/** Undefined where the simulator has no rules and Web, its nearest kin, does not show everything. */
function drawingOn(client: ButtonClient, { drawn, buttons }: MessageView) {
  if (client !== 'desktop') return drawn[client]
  return drawn.web === 'whole' && buttons.length > 0 ? 'whole' : undefined
}

function factsOf({ from, fromMe, chat, image }: MessageView, { state }: View) {
  const business = fromMe ? state.phone?.business : contactOf(state, from).business
  return {
    sender: business ? ('business' as const) : ('personal' as const),
    chat: chat.includes('@') ? ('group' as const) : ('private' as const),
    hasImage: image !== undefined,
  }
}
