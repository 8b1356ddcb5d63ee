/** The search, the tag and the order of the list of instances. They stand in the address. */

import type { HomeInstance } from '../../../gateway/src/console/home-answers.js'
import { useTexts } from '../../shared/texts.js'
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
        <label className="found-filter">
          <span>{words.tag}</span>
          <select
            name="tag"
            value={search.get('tag') ?? ''}
            onChange={({ target }) => setSearch(filtered(search, 'tag', target.value))}
          >
            <option value="">{words.anyTag}</option>
            {tags.map((tag) => (
              <option key={tag}>{tag}</option>
            ))}
          </select>
        </label>
      )}
      <label className="found-filter">
        <span>{words.sort}</span>
        <select
          value={orderIn(search)}
          onChange={({ target }) => {
            const order = target.value === 'problems' ? '' : target.value
            setSearch(filtered(search, 'sort', order))
          }}
        >
          {orders.map((order) => (
            <option key={order} value={order}>
              {words.orders[order]}
            </option>
          ))}
        </select>
      </label>
      {homeFilters.some((name) => search.has(name)) && (
        <button type="button" className="small" onClick={() => setSearch(new URLSearchParams())}>
          {words.clear}
        </button>
      )}
    </search>
  )
}
