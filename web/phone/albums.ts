/** Which messages in a row are one album. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import type { Client } from '../../simulator/src/model.js'

/** As WhatsApp's apps put those together that come without words. */
const FEWEST = 4

/** Messages in their order: single ones, and runs that are one album. A run ends before a message that `isBreak`. */
export function albumsIn(
  messages: readonly MessageView[],
  client: Client,
  isBreak: (message: MessageView) => boolean,
): readonly (readonly MessageView[])[] {
  const groups: MessageView[][] = []
  for (const message of messages) {
    const last = groups.at(-1)
    const before = last?.[0]
    const goesOn =
      before !== undefined &&
      before.from === message.from &&
      !isBreak(message) &&
      mayJoin(before, client) &&
      mayJoin(message, client)
    if (goesOn) last?.push(message)
    else groups.push([message])
  }
  return groups.flatMap((group) =>
    group.length < FEWEST ? group.map((message) => [message]) : [group],
  )
}

function mayJoin({ view, state, text, drawn }: MessageView, client: Client): boolean {
  const [part, ...more] = view.parts
  return (
    part?.type === 'media' &&
    (part.form === 'image' || part.form === 'video') &&
    more.length === 0 &&
    text === '' &&
    view.quote === undefined &&
    !view.viewOnce &&
    state.deletedBy === undefined &&
    state.reactions.length === 0 &&
    drawn[client] === 'whole'
  )
}
