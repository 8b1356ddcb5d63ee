/** Searches a list while a person types. What is sought stands in the address, so that a bookmark keeps it. */

import { type Ref, useEffect, useState } from 'react'
import { setSearch, useSearch } from './route.js'

interface SearchFieldProps {
  /** Its name in the address. */
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly maxLength: number
  readonly id?: string
  readonly ref?: Ref<HTMLInputElement>
}

/** Long enough to type on, short enough not to wait for. */
const typedMs = 300

export function SearchField({ name, label, hint, ...input }: SearchFieldProps) {
  const search = useSearch()
  const asked = search.get(name) ?? ''
  const [typed, setTyped] = useState({ text: asked, of: asked })
  // The address was changed by another way.
  const text = typed.of === asked ? typed.text : asked
  useEffect(() => {
    if (text === asked) return undefined
    const timer = setTimeout(() => {
      // Otherwise it would come back once the search is cleared.
      setTyped({ text, of: text })
      const next = new URLSearchParams(search)
      if (text === '') next.delete(name)
      else next.set(name, text)
      setSearch(next)
    }, typedMs)
    return () => clearTimeout(timer)
  }, [text, asked, search, name])
  return (
    <label className="found-filter found-filter--search">
      <span>{label}</span>
      <input
        {...input}
        type="search"
        value={text}
        autoComplete="off"
        placeholder={hint}
        onChange={({ target }) => setTyped({ text: target.value, of: asked })}
      />
    </label>
  )
}
