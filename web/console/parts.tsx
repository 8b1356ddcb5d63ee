/** Pieces that several pages are made of. */

import { type ComponentProps, Fragment, type MouseEvent, type ReactNode } from 'react'
import type { QrAnswer } from '../../gateway/src/console/answer-shapes.js'
import { useApp } from './app.js'
import { copyText } from '../shared/clipboard.js'
import { refusalText } from './reading.js'
import { Needs, type Role } from './role.js'
import { go, pathOf, type Route } from './route.js'

interface CardProps {
  readonly title: string
  /** What the person has to be to use it. */
  readonly least?: Role
  readonly children: ReactNode
}

export function Card({ title, least, children }: CardProps) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {least === undefined ? children : <Needs least={least}>{children}</Needs>}
    </section>
  )
}

interface SplitProps {
  /** What is open of it, beside it; on a phone in its place. */
  readonly detail: ReactNode
  readonly children: ReactNode
}

export function Split({ detail, children }: SplitProps) {
  return (
    <div className={detail ? 'split split--open' : 'split'}>
      {children}
      {detail}
    </div>
  )
}

interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  readonly to: Route
}

/** A link within the console, opened without loading the page again. */
export function Link({ to, children, ...props }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a {...props} href={pathOf(to)} onClick={follow}>
      {children}
    </a>
  )
}

interface FactsProps {
  readonly rows: readonly (readonly [name: string, value: ReactNode])[]
}

export function Facts({ rows }: FactsProps) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

interface CopyableProps {
  readonly text: string
  readonly label: string
}

export function Copyable({ text, label }: CopyableProps) {
  const { words, say } = useApp()
  const copy = async (): Promise<void> => {
    say((await copyText(text)) ? words.copied : words.copyFailed)
  }
  return (
    <span className="copyable">
      <code>{text}</code>
      <button
        type="button"
        className="small"
        aria-label={`${words.copy}: ${label}`}
        onClick={() => void copy()}
      >
        {words.copy}
      </button>
    </span>
  )
}

/** Grey bars where something will stand, so that nothing moves when it comes. */
export function Skeleton({ rows }: { readonly rows: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} />
      ))}
    </div>
  )
}

export function Problem({ refusal }: { readonly refusal: Error | undefined }) {
  const app = useApp()
  if (refusal === undefined) return undefined
  return (
    <p className="problem" role="alert">
      {refusalText(app, refusal)}
    </p>
  )
}

interface QrProps {
  readonly code: QrAnswer
  readonly label: string
}

export function Qr({ code: { size, path }, label }: QrProps) {
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} className="qr__ground" />
      <path d={path} className="qr__ink" />
    </svg>
  )
}

/** A `ref`: who opens something is taken there when it appears. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}
