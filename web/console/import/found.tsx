/** What the files of another gateway hold. */

import type { ImportFindingsAnswer } from '../../../gateway/src/console/import-answers.js'
import { useApp } from '../app.js'
import { Facts } from '../parts.js'

export function Found({ findings }: { readonly findings: ImportFindingsAnswer }) {
  const words = useApp().words.import
  const { source, phone, device, lid, name, platform, taken, dropped } = findings
  const counts = kindsOf(taken).filter((kind) => taken[kind] > 0)
  return (
    <div className="import__found">
      <h3>{words.found}</h3>
      <Facts
        rows={[
          [words.source, words.sources[source]],
          [words.number, `+${phone}`],
          [words.device, device],
          ...optional(words.lid, lid),
          ...optional(words.name, name),
          ...optional(words.platform, platform),
          [
            words.taken,
            counts.length === 0
              ? words.identity
              : counts.map((kind) => `${words.kinds[kind]} ${taken[kind]}`).join(', '),
          ],
        ]}
      />
      {dropped.length > 0 && (
        <>
          <h4>{words.left}</h4>
          <ul className="hint">
            {dropped.map(({ kind, count, reason }) => (
              <li key={`${kind} ${reason}`}>
                {words.kinds[kind]} {count}: {words.reasons[reason]}
              </li>
            ))}
          </ul>
        </>
      )}
      {taken['pre-keys'] === 0 && <p className="hint">{words.noPreKeys}</p>}
    </div>
  )
}

function kindsOf<K extends string>(record: Readonly<Record<K, number>>): readonly K[] {
  // An object of ours has the keys of its type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(record) as K[]
}

function optional(name: string, value: string | undefined): readonly (readonly [string, string])[] {
  return value === undefined || value === '' ? [] : [[name, value]]
}
