import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** What an earlier message of ours says from now on. */
export interface EditContent {
  readonly kind: 'edit'
  readonly target: WhatsappId
  readonly text: string
  /** `caption`: of an image, a video or a document, which itself stays. */
  readonly part: 'text' | 'caption'
}

export const editTraits: Traits<EditContent> = {
  isForNewsletters: () => true,
  text: (content) => content.text,
  earlier: ({ target }) => ({ whatsappId: target }),
  changesEarlier: true,
  isEdit: true,
  asReceived: ({ text }) => ({ kind: 'text', text }),
  echo: ({ target }) => ({ editOf: target }),
}

export function edit(target: WhatsappId, text: string, part: EditContent['part']): EditContent {
  return { kind: 'edit', target, text, part }
}
