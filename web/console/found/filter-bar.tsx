/** The search and the filters over the list of all messages. */

import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { FilterSelect } from '../filter-select.js'
import { useInstanceNames } from '../instance-filter.js'
import { setSearch } from '../route.js'
import { SearchField } from '../search-field.js'
import { searchFieldId, takeSearch } from '../shortcuts.js'
import { changed, type FilterName, filterNames } from './filters.js'
import { foundTexts } from './words.js'

interface FilterBarProps {
  readonly search: URLSearchParams
}

export function FilterBar({ search }: FilterBarProps) {
  const words = useTexts(foundTexts)
  const isFiltered = filterNames.some((name) => search.has(name))
  const isFilteredMore = filterNames.some((name) => name !== 'text' && search.has(name))
  return (
    <search className="found-filters">
      <SearchField
        name="text"
        label={words.search}
        hint={words.searchHint}
        maxLength={200}
        id={searchFieldId}
        ref={takeSearch}
      />
      <details className="found-more" open={isFilteredMore || innerWidth >= 800}>
        <summary>{words.more}</summary>
        <Selects search={search} />
      </details>
      {isFiltered && (
        <button type="button" className="small" onClick={() => setSearch(new URLSearchParams())}>
          {words.clear}
        </button>
      )}
    </search>
  )
}

function Selects({ search }: FilterBarProps) {
  const app = useApp()
  const words = useTexts(foundTexts)
  const instances = [...useInstanceNames()]
  const pick = (
    name: FilterName,
    label: string,
    options: readonly (readonly [value: string, label: string])[],
  ) => (
    <FilterSelect
      name={name}
      label={label}
      value={search.get(name) ?? ''}
      any={words.any}
      options={options}
      onChange={(value) => setSearch(changed(search, name, value))}
    />
  )
  return (
    <div className="found-selects">
      {pick('status', words.status, [
        ...Object.entries(words.groups),
        ...Object.entries(app.words.statuses)
          .map(([value, label]) => [value, `· ${label}`] as const)
          .filter(([value]) => value !== 'failed'),
      ])}
      {pick('instance', words.instance, instances)}
      {pick('kind', words.kind, Object.entries(words.kinds))}
      {pick('priority', words.priority, Object.entries(words.priorities))}
      {pick('reason', words.reason, Object.entries(app.words.health.reasonsOf))}
      <Day search={search} name="since" label={words.since} />
      <Day search={search} name="until" label={words.until} />
    </div>
  )
}

interface DayProps extends FilterBarProps {
  readonly name: 'since' | 'until'
  readonly label: string
}

function Day({ search, name, label }: DayProps) {
  return (
    <label className="found-filter">
      <span>{label}</span>
      <input
        type="date"
        name={name}
        value={search.get(name) ?? ''}
        onChange={({ target }) => setSearch(changed(search, name, target.value))}
      />
    </label>
  )
}
