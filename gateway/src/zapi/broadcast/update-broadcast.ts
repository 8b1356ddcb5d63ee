import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import {
  list,
  listAnswer,
  listedIn,
  listIdOf,
  listInPath,
  listName,
  listNameIn,
  listPhones,
  unknownList,
} from './list-attributes.js'

export const updateBroadcast = endpoint({
  method: 'PUT',
  path: '/broadcast/:broadcastId',
  tag: 'broadcast',
  summary: 'Changes who is in a broadcast list, and its name.',
  description: 'The phones replace all before. Messages that wait already go to those of before.',
  takes: 'text',
  params: listInPath,
  body: { name: Type.Optional(listName), phones: listPhones },
  example: { name: 'Clientes', phones: ['5511999999999'] },
  audit: 'settings-changed',
  answer: list,
  refusals: { 404: 'This instance has no such list.' },
  handle: async ({ instance }, { params, body }, { broadcastLists }) => {
    const name = body.name === undefined ? undefined : listNameIn(body.name)
    const change = { name, people: listedIn(body.phones) }
    const changed = await broadcastLists.change(instance.id, listIdOf(params.broadcastId), change)
    if (changed === undefined) throw unknownList()
    return listAnswer(changed)
  },
})
