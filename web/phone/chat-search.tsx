/** Finding chats: by what is typed, and by kind. */

import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import type { ChatWish } from './phone-state.js'
import { phoneTexts } from './words.js'

const kinds = ['all', 'unread', 'groups'] as const

interface ChatSearchProps {
  readonly wish: ChatWish
  readonly change: (wish: ChatWish) => void
}

export function ChatSearch({ wish, change }: ChatSearchProps) {
  const words = useTexts(phoneTexts)
  return (
    <>
      <div className="search">
        <Icon name="search" />
        <input
          className="search__text"
          type="search"
          autoComplete="off"
          maxLength={100}
          placeholder={words.search}
          aria-label={words.search}
          value={wish.text}
          onChange={({ target }) => change({ ...wish, text: target.value })}
        />
      </div>
      <fieldset className="chips">
        <legend className="unseen">{words.show}</legend>
        {kinds.map((kind) => (
          <label key={kind} className="chip">
            <input
              type="radio"
              name="chats"
              className="unseen"
              checked={kind === wish.kind}
              onChange={() => change({ ...wish, kind })}
            />
            <span>{words.chatKinds[kind]}</span>
          </label>
        ))}
      </fieldset>
    </>
  )
}
