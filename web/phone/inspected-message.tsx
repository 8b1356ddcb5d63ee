/** What is behind a message: what each client shows of it and why, its content, and its stanza. */

import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import type { MessageInside, MessageView } from '../../simulator/src/control-answers.js'
import { useTexts } from '../shared/texts.js'
import { useActions, useView, type View } from './phone-context.js'
import { messagesOf } from './phone-state.js'
import { StanzaTree, ValueTree } from './tree.js'
import { Verdicts } from './verdicts.js'
import { phoneTexts } from './words.js'

export function InspectedMessage() {
  const words = useTexts(phoneTexts)
  const message = inspectedIn(useView())
  const inside = useInside(message?.key)
  if (message === undefined) return <p className="faint">{words.pickMessage}</p>
  return (
    // Another one takes its place; no part of it moves.
    <Fragment key={message.key}>
      <section className="card">
        <h3 className="card__title">{words.buttonOn}</h3>
        <Verdicts message={message} />
        {inside && <Reasons inside={inside} message={message} />}
      </section>
      {inside && (
        <>
          <TreeCard title={words.content} value={inside.content}>
            <ValueTree value={inside.content} />
          </TreeCard>
          <TreeCard title={words.stanza} value={inside.stanza}>
            <StanzaTree stanza={inside.stanza} />
          </TreeCard>
        </>
      )}
    </Fragment>
  )
}

/** The chosen message, else the newest of the chat. */
function inspectedIn({ state, route, inspected }: View): MessageView | undefined {
  const chosen = inspected === undefined ? undefined : state.messages.get(inspected)
  if (chosen) return chosen
  return route.screen === 'chat' ? messagesOf(state.messages, route.chat).at(-1) : undefined
}

/** Fetched once for each message; undefined until then. */
function useInside(key: string | undefined): MessageInside | undefined {
  const { api, attempt } = useActions()
  const [insides, setInsides] = useState<ReadonlyMap<string, MessageInside>>(new Map())
  const asked = useRef(new Set<string>())
  useEffect(() => {
    if (key === undefined || asked.current.has(key)) return
    asked.current.add(key)
    const fetched = attempt(async () => {
      const inside = await api.inside(key)
      setInsides((known) => new Map(known).set(key, inside))
    })
    // It is asked for again when it is chosen again.
    void fetched.then((done) => done || asked.current.delete(key))
  }, [key, api, attempt])
  return key === undefined ? undefined : insides.get(key)
}

interface ReasonsProps {
  readonly inside: MessageInside
  readonly message: MessageView
}

function Reasons({ inside: { hindrances }, message }: ReasonsProps) {
  const words = useTexts(phoneTexts)
  if (hindrances.length === 0)
    return (
      <p className="faint">{message.buttons.length === 0 ? words.noReason : words.onlyReports}</p>
    )
  return (
    <>
      <h3 className="card__title">{words.reasons}</h3>
      <ul className="reasons">
        {hindrances.map(({ why, evidence }) => (
          <li key={why} className="reason">
            <p className="reason__why">{why}</p>
            <p className="faint">
              {`${words.source} ${evidence.source}, ${evidence.date}: ${evidence.claim}`}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

interface TreeCardProps {
  readonly title: string
  /** What is copied. */
  readonly value: unknown
  readonly children: ReactNode
}

function TreeCard({ title, value, children }: TreeCardProps) {
  const words = useTexts(phoneTexts)
  const { copy } = useActions()
  const tree = useRef<HTMLDivElement>(null)
  const openAll = (open: boolean): void => {
    for (const branch of tree.current?.querySelectorAll('details') ?? []) branch.open = open
  }
  return (
    <section className="card">
      <h3 className="card__title">{title}</h3>
      <div className="card__actions">
        <Act label={words.expand} title={title} act={() => openAll(true)} />
        <Act label={words.collapse} title={title} act={() => openAll(false)} />
        <Act
          label={words.copyJson}
          title={title}
          act={() => copy(JSON.stringify(value, undefined, 2), words.copied)}
        />
      </div>
      <div ref={tree} className="tree" dir="ltr">
        {children}
      </div>
    </section>
  )
}

interface ActProps {
  readonly label: string
  /** Of the card. */
  readonly title: string
  readonly act: () => void
}

function Act({ label, title, act }: ActProps) {
  return (
    <button className="text-button" type="button" aria-label={`${label}: ${title}`} onClick={act}>
      {label}
    </button>
  )
}
