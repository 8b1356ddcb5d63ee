/** AnswerOf<'listChats' | 'listGroups'> to choose from: those that the number knows, and its groups. */

import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import type { AnswerOf } from '../calls.js'
import { phoneText } from '../moments.js'
import { useReading } from '../reading.js'

interface RecipientsProps {
  readonly instance: InstanceAnswer
  /** Of the list. */
  readonly list: string
}

const onePage = 'page=1&pageSize=100'
const everyMs = 300_000

export function Recipients({ instance: { id, state }, list }: RecipientsProps) {
  const { data = [] } = useReading<AnswerOf<'listChats'>>(`instances/${id}/call/chats?${onePage}`, {
    everyMs,
  })
  return (
    <datalist id={list}>
      <Options chats={data.filter(({ phone }) => !phone.endsWith('-group'))} />
      {state === 'open' && <Groups id={id} />}
    </datalist>
  )
}

function Groups({ id }: { readonly id: string }) {
  const { data = [] } = useReading<AnswerOf<'listGroups'>>(
    `instances/${id}/call/groups?${onePage}`,
    { everyMs },
  )
  return <Options chats={data} />
}

function Options({ chats }: { readonly chats: AnswerOf<'listChats' | 'listGroups'> }) {
  return chats.map(({ phone, name }) => (
    <option key={phone} value={phone}>
      {name || phoneText(phone)}
    </option>
  ))
}
