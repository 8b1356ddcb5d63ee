/** A token that the gateway tells this once. */

import { useApp } from './app.js'
import type { FirstCallProps } from './first-call/first-call.js'
import { LazyFirstCall } from './first-call/lazy.js'
import { Copyable, Facts } from './parts.js'

interface TokenCardProps {
  readonly id: string
  readonly token: string
  readonly note?: string | undefined
  /** Whose first call is offered. */
  readonly firstCallOf?: FirstCallProps['of']
  /** With the id. */
  readonly done: (id: string) => void
}

export function TokenCard({ id, token, note, firstCallOf, done }: TokenCardProps) {
  const words = useApp().words.token
  return (
    <section className="card card--important" aria-live="polite">
      <h2>{words.title}</h2>
      <p>
        <strong>{words.once}</strong>
        {note !== undefined && ` ${note}`}
      </p>
      <Facts
        rows={[
          [words.id, <Copyable key="id" text={id} label={words.id} />],
          [words.token, <Copyable key="token" text={token} label={words.token} />],
        ]}
      />
      {firstCallOf !== undefined && (
        <>
          <h3>{words.firstCall}</h3>
          <LazyFirstCall of={firstCallOf} id={id} token={token} />
        </>
      )}
      <div className="actions">
        <button type="button" className="filled" onClick={() => done(id)}>
          {words.done}
        </button>
      </div>
    </section>
  )
}
