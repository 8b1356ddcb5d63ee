/** Leaves the entries of one instance in a list. It stands in the address, so that a bookmark keeps it. */

import type { InstancesAnswer } from '../../gateway/src/console/instance-answers.js'
import { texts, useTexts } from '../shared/texts.js'
import { FilterSelect } from './filter-select.js'
import { useReading } from './reading.js'
import { setSearch, useSearch } from './route.js'

const filterTexts = texts(
  { label: 'Instance', any: 'Any' },
  { label: 'Instância', any: 'Qualquer' },
)

/** @returns the id of the chosen instance, or '' */
export function useChosenInstance(): string {
  return useSearch().get('instance') ?? ''
}

export function InstanceFilter() {
  const words = useTexts(filterTexts)
  const chosen = useChosenInstance()
  const names = useInstanceNames()
  return (
    <FilterSelect
      name="instance"
      label={words.label}
      value={chosen}
      any={words.any}
      options={[...names]}
      onChange={(id) => setSearch(new URLSearchParams(id === '' ? {} : { instance: id }))}
    />
  )
}

/** By id. */
export function useInstanceNames(): ReadonlyMap<string, string> {
  const { data } = useReading<InstancesAnswer>('instances', { everyMs: 30_000 })
  return new Map(data?.instances.map(({ id, name }) => [id, name]))
}
