/** Where real clients show the button of the draft, by public reports: the preview shows what we mean, not what they do. */

import {
  type ButtonClient,
  buttonClients,
  buttonEvidence,
  type ChatKind,
  type SenderKind,
} from '../bubble/button-evidence.js'
import { useApp } from './app.js'
import type { Draft } from './preview.js'

const senders: readonly SenderKind[] = ['personal', 'business']

export function ShownOn({ draft }: { readonly draft: Draft & { readonly phone: string } }) {
  const words = useApp().words.shownOn
  if (draft.code === '') return undefined
  const chat = /-group$|@g\.us$/u.test(draft.phone.trim()) ? 'group' : 'private'
  return (
    <section className="shown-on">
      <h3>{words.titles[chat]}</h3>
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
          {buttonClients.map((client) => (
            <tr key={client}>
              <th scope="row">{words.clients[client]}</th>
              {senders.map((sender) => (
                <td key={sender}>
                  <Standing
                    client={client}
                    sender={sender}
                    chat={chat}
                    hasImage={draft.image.trim() !== ''}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{words.hint}</p>
    </section>
  )
}

interface StandingProps {
  readonly client: ButtonClient
  readonly sender: SenderKind
  readonly chat: ChatKind
  readonly hasImage: boolean
}

function Standing({ client, ...facts }: StandingProps) {
  const words = useApp().words.shownOn
  const { standing, reports } = buttonEvidence(client, facts)
  const [first] = reports
  const about = reports.map(({ source, claim }) => `${source}: ${claim}`).join('\n')
  return (
    <span className={`standing standing--${standing}`} title={about === '' ? undefined : about}>
      {words.standings[standing]}
      {first && <time dateTime={first.date}>{first.date}</time>}
    </span>
  )
}
