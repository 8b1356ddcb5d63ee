/** What the outside was told of an instance. */

import type {
  CallbacksAnswer,
  CallbackSummary,
} from '../../../gateway/src/console/callback-answers.js'
import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { type App, useApp } from '../app.js'
import { Callback, CallbackPill, kindText } from './callback.js'
import { Choices } from '../../shared/choices.js'
import { momentText, phoneText } from '../moments.js'
import { PagedList } from '../paged-list.js'
import { Link, Skeleton, Split } from '../parts.js'
import { useKept, useReading } from '../reading.js'
import { useMay } from '../role.js'
import type { Row } from '../table.js'
import { useTexts } from '../../shared/texts.js'
import { Receivers, type ReceiversAnswer, receiversPath } from './receivers.js'
import { TrySince } from './try-since.js'
import { callbacksTexts, type CallbacksWords } from './words.js'

const filters = ['all', 'pending', 'done', 'dead'] as const
type Filter = (typeof filters)[number]

interface CallbacksProps {
  readonly instance: InstanceAnswer
  readonly item: string | undefined
}

export function CallbacksTab({ instance: { id }, item }: CallbacksProps) {
  const app = useApp()
  const words = useTexts(callbacksTexts)
  const mayTry = useMay('operator')
  const [{ show }, change] = useKept(`callbacks ${id}`, (): { show: Filter } => ({ show: 'all' }))
  // How high the receivers are is known once they are read: what stands below them must not move.
  const { data: receivers, refusal } = useReading<ReceiversAnswer>(receiversPath(id), {
    everyMs: 5_000,
  })
  if (receivers === undefined && refusal === undefined) return <Skeleton rows={6} />
  return (
    <Split detail={item !== undefined && <Callback key={item} id={id} item={item} />}>
      <section className="callbacks">
        <Receivers id={id} />
        <section className="card">
          <div className="title-row">
            <div>
              <h2>{words.title}</h2>
              <p className="hint">{words.lead}</p>
            </div>
            <Choices
              name="callbacks"
              legend={app.words.messages.show}
              labels={words.filters}
              order={filters}
              chosen={show}
              choose={(chosen) => change({ show: chosen })}
            />
          </div>
          {mayTry && <TrySince id={id} />}
          <PagedList<CallbacksAnswer, CallbackSummary>
            key={show}
            path={`instances/${id}/callbacks${show === 'all' ? '' : `?status=${show}`}`}
            everyMs={5_000}
            itemsOf={(page) => page.callbacks}
            keyOf={(callback) => callback.id}
            caption={words.title}
            columns={[
              { heading: words.kind, class: 'column-kind' },
              { heading: words.subject, class: 'column-kind' },
              { heading: words.created, class: 'column-moment' },
              { heading: app.words.messages.status, class: 'column-status' },
              { heading: words.attempts, class: 'column-attempts alone-only' },
              { heading: words.to, class: 'alone-only' },
            ]}
            rowOf={(callback) => ({
              ...rowOf(app, words, id, callback),
              isChosen: callback.id === item,
            })}
            empty={show === 'all' ? words.empty : words.emptyFilter}
          />
        </section>
      </section>
    </Split>
  )
}

function rowOf(
  app: App,
  words: CallbacksWords,
  id: string,
  callback: CallbackSummary,
): Omit<Row, 'key'> {
  return {
    cells: [
      {
        content: (
          <Link
            to={{ page: 'instance', id, tab: 'callbacks', item: callback.id }}
            className="row-link"
          >
            {kindText(app, words, callback.kind)}
          </Link>
        ),
      },
      { class: 'number', content: <Subject {...callback} /> },
      { class: 'number', content: momentText(app, callback.createdAt) },
      { content: <CallbackPill status={callback.status} error={callback.error} /> },
      {
        class: 'number alone-only',
        content: words.of(callback.attempts, callback.mostAttempts),
      },
      { class: 'faint', content: <span title={callback.url}>{callback.url}</span> },
    ],
  }
}

/** Whom it tells of, and which message. As high without a message. */
function Subject({ phone, whatsappId }: CallbackSummary) {
  return (
    <>
      {phone === undefined ? '—' : phoneText(phone)}
      <code className="below faint">{whatsappId ?? '\u00a0'}</code>
    </>
  )
}
