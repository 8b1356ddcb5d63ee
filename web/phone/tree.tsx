/** A value or a stanza as a tree whose branches open and close. */

import type { ReactNode } from 'react'
import type { StanzaView } from '../../simulator/src/control-answers.js'

/** How many levels are open at first. */
const OPEN_LEVELS = 3

interface ValueTreeProps {
  readonly value: unknown
  readonly name?: string
  readonly level?: number
}

export function ValueTree({ value, name = '', level = 0 }: ValueTreeProps) {
  const label = name !== '' && <span className="tree__name">{name}</span>
  if (typeof value !== 'object' || value === null)
    return (
      <div className="tree__leaf">
        {label}
        <span className={`tree__value tree__value--${typeof value}`}>
          {typeof value === 'string' ? `"${value}"` : String(value)}
        </span>
      </div>
    )
  const entries = Object.entries(value)
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  const head = (
    <>
      {label}
      <span className="tree__size">{size}</span>
    </>
  )
  return (
    <Branch head={head} level={level}>
      {entries.map(([key, each]) => (
        <ValueTree key={key} value={each} name={key} level={level + 1} />
      ))}
    </Branch>
  )
}

interface StanzaTreeProps {
  readonly stanza: StanzaView
  readonly level?: number
}

export function StanzaTree({ stanza, level = 0 }: StanzaTreeProps) {
  const { tag, attrs, children = [], text } = stanza
  const head = (
    <>
      <span className="tree__tag">{`<${tag}`}</span>
      {Object.entries(attrs).map(([name, value]) => (
        <span key={name}>
          {' '}
          <span className="tree__name tree__name--attribute">{`${name}=`}</span>
          <span className="tree__value">{`"${value}"`}</span>
        </span>
      ))}
      <span className="tree__tag">{'>'}</span>
    </>
  )
  if (children.length === 0 && text === undefined) return <div className="tree__leaf">{head}</div>
  return (
    <Branch head={head} level={level}>
      {children.map((child, index) => (
        <StanzaTree key={index} stanza={child} level={level + 1} />
      ))}
      {text !== undefined && <div className="tree__leaf tree__leaf--bytes">{text}</div>}
    </Branch>
  )
}

interface BranchProps {
  readonly head: ReactNode
  readonly level: number
  readonly children: ReactNode
}

/** A person opens and closes it: React gives only how it is at first. */
function Branch({ head, level, children }: BranchProps) {
  return (
    <details className="tree__branch" open={level < OPEN_LEVELS}>
      <summary>{head}</summary>
      <div className="tree__below">{children}</div>
    </details>
  )
}
