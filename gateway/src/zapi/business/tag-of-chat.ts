/** What the calls share that put a label on a chat and take it off. */

import { chatOf } from '../../domain/chat.js'
import { value } from '../answer-schemas.js'
import { type Endpoint, endpoint } from '../endpoint.js'
import { recipientOf } from '../from-zapi.js'
import { chatInPath } from '../reading/chat.js'
import { noAnswer, notConnected } from '../refusals.js'
import { labelOf } from './known-label.js'
import { tagId } from './tag-attributes.js'

export function tagOfChat(step: 'add' | 'remove', summary: string): Endpoint {
  return endpoint({
    method: 'PUT',
    path: `/chats/:phone/tags/:tag/${step}`,
    tag: 'business',
    summary,
    description: 'Only for numbers of the WhatsApp Business app. Again it changes nothing.',
    params: { phone: chatInPath, tag: tagId },
    audit: 'chat-changed',
    answer: value,
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, { params }, { account, directory }) => {
      const chat = recipientOf(params.phone)
      const { labels } = account.accountOf(instance.id)
      const { id: label } = await labelOf(instance.id, params.tag, directory, 'tag')
      const isAssigned = step === 'add'
      await labels.assign(label, chat, isAssigned)
      const fact = { kind: 'chat-label', chat: chatOf(chat), label, isAssigned } as const
      await directory.take(instance.id, [fact])
      return { value: true }
    },
  })
}
