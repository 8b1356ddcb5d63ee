/** Where real clients show what is previewed, by public reports: the preview shows what we mean, not what they do. */

import type { View } from '../../simulator/src/draw/view.js'
import {
  type ButtonClient,
  buttonClients,
  buttonEvidence,
  type Report,
  type SenderKind,
  type Standing,
} from '../bubble/button-evidence.js'
import { kindClients, kindEvidence } from '../bubble/kind-evidence.js'
import { useApp } from './app.js'

const senders: readonly SenderKind[] = ['personal', 'business']

interface ShownOnProps {
  readonly view: Pick<View, 'kind' | 'parts' | 'viewOnce'>
  readonly isGroup: boolean
}

export function ShownOn({ view, isGroup }: ShownOnProps) {
  const words = useApp().words.shownOn
  const isCopyButton = view.kind === 'copy-button'
  const chat = isGroup ? 'group' : 'private'
  return (
    <section className="shown-on">
      <h3>{isCopyButton ? words.titles[chat] : words.kindTitles[chat]}</h3>
      {isCopyButton ? (
        <ButtonTable {...{ view, isGroup }} />
      ) : (
        <table>
          <tbody>
            {kindClients.map((client) => (
              <tr key={client}>
                <th scope="row">{words.clients[client]}</th>
                <td>
                  <Shown
                    {...kindEvidence(client, {
                      kind: view.kind,
                      isGroup,
                      viewOnce: view.viewOnce ?? false,
                      isDrawn: true,
                    })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="hint">{isCopyButton ? words.hint : words.kindHint}</p>
    </section>
  )
}

function ButtonTable({ view, isGroup }: ShownOnProps) {
  const words = useApp().words.shownOn
  const facts = {
    chat: isGroup ? ('group' as const) : ('private' as const),
    hasImage: view.parts.some(({ type }) => type === 'media'),
  }
  return (
    <table>
      <thead>
        <tr>
          <td />
          {senders.map((sender) => (
            <th key={sender} scope="col">
              {words.senders[sender]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buttonClients.map((client: ButtonClient) => (
          <tr key={client}>
            <th scope="row">{words.clients[client]}</th>
            {senders.map((sender) => (
              <td key={sender}>
                <Shown {...buttonEvidence(client, { sender, ...facts })} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface EvidenceProps {
  readonly standing: Standing
  readonly reports: readonly Report[]
}

function Shown({ standing, reports }: EvidenceProps) {
  const words = useApp().words.shownOn
  const [first] = reports
  const about = reports.map(({ source, claim }) => `${source}: ${claim}`).join('\n')
  return (
    <span className={`standing standing--${standing}`} title={about === '' ? undefined : about}>
      {words.standings[standing]}
      {first && <time dateTime={first.date}>{first.date}</time>}
    </span>
  )
}
