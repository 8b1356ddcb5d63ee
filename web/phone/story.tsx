/** The statuses of one person, in their order. Their author is told that they were seen. */

import { useEffect, useRef } from 'react'
import { Bubble } from '../bubble/bubble.js'
import { useTexts } from '../shared/texts.js'
import { Bar } from './bar.js'
import { bubbleViewOf } from './bubble-view.js'
import { chatTexts } from './chat-words.js'
import { useActions, useView } from './phone-context.js'
import { contactOf, storiesOf } from './phone-state.js'
import { phoneTexts } from './words.js'

export function StoryScreen({ from }: { readonly from: string }) {
  const { stories: words } = useTexts(chatTexts)
  const { you, copied } = useTexts(phoneTexts)
  const { state, settings } = useView()
  const { copy } = useActions()
  const self = state.phone?.phone ?? ''
  const stories = storiesOf(state).find((each) => each.from === from)?.stories ?? []
  useSeeing(from)
  return (
    <section className="screen">
      <Bar
        title={from === self ? words.mine : contactOf(state, from).name}
        back={{ screen: 'updates' }}
      />
      <div className="scroll page">
        {stories.map((story) => {
          const props = { message: story, isFirst: true, contacts: state.contacts, self, settings }
          return (
            <div key={story.id} className="story">
              <Bubble
                view={bubbleViewOf(props, you)}
                actions={{ copy: (text) => copy(text, copied) }}
              />
            </div>
          )
        })}
      </div>
    </section>
  )
}

/** Each is told once. */
function useSeeing(from: string): void {
  const { state } = useView()
  const { api } = useActions()
  const asked = useRef(new Set<string>())
  useEffect(() => {
    if (document.visibilityState !== 'visible' || state.phone?.online !== true) return
    for (const { id, fromMe, from: author, status } of state.statuses) {
      if (fromMe || author !== from || status === 'read' || asked.current.has(id)) continue
      asked.current.add(id)
      api.seeStatus(id).catch(() => asked.current.delete(id))
    }
  }, [state.statuses, state.phone?.online, from, api])
}
