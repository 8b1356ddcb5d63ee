/** The chats that were archived. */

import { useTexts } from '../shared/texts.js'
import { Bar } from './bar.js'
import { ChatRow } from './chat-row.js'
import { chatTexts } from './chat-words.js'
import { useView } from './phone-context.js'
import { chatsOf, isArchived } from './phone-state.js'

export function ArchivedScreen() {
  const { archivedChats } = useTexts(chatTexts)
  const { state } = useView()
  const archived = chatsOf(state).filter(({ id }) => isArchived(state, id))
  return (
    <section className="screen">
      <Bar title={archivedChats} />
      <div className="scroll">
        <ul className="chats" aria-label={archivedChats}>
          {archived.map((chat) => (
            <li key={chat.id}>
              <ChatRow chat={chat} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
