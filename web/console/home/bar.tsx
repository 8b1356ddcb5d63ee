/** The search, the tag and the order of the list of instances. They stand in the address. */

import type { HomeInstance } from '../../../gateway/src/console/home-answers.js'
import { useTexts } from '../../shared/texts.js'
import { FilterSelect } from '../filter-select.js'
import { setSearch } from '../route.js'
import { filtered, homeFilters, orderIn, orders, tagsOf } from './view.js'
import { homeTexts } from './words.js'

interface HomeBarProps {
  readonly instances: readonly HomeInstance[]
  readonly search: URLSearchParams
}

export function HomeBar({ instances, search }: HomeBarProps) {
  const words = useTexts(homeTexts)
  const tags = tagsOf(instances)
  return (
    <search className="home-bar">
      <label className="found-filter home-bar__text">
        <span>{words.search}</span>
        <input
          type="search"
          value={search.get('text') ?? ''}
          maxLength={200}
          autoComplete="off"
          placeholder={words.searchHint}
          onChange={({ target }) => setSearch(filtered(search, 'text', target.value))}
        />
      </label>
      {tags.length > 0 && (
        <FilterSelect
          name="tag"
          label={words.tag}
          value={search.get('tag') ?? ''}
          any={words.anyTag}
          options={tags.map((tag) => [tag, tag])}
          onChange={(tag) => setSearch(filtered(search, 'tag', tag))}
        />
      )}
      <FilterSelect
        name="sort"
        label={words.sort}
        value={orderIn(search)}
        options={orders.map((order) => [order, words.orders[order]])}
        onChange={(order) => setSearch(filtered(search, 'sort', order === 'problems' ? '' : order))}
      />
      {homeFilters.some((name) => search.has(name)) && (
        <button type="button" className="small" onClick={() => setSearch(new URLSearchParams())}>
          {words.clear}
        </button>
      )}
    </search>
  )
}
