import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { list, listAnswer, listedIn, listName, listNameIn, listPhones } from './list-attributes.js'

export const createBroadcast = endpoint({
  method: 'POST',
  path: '/broadcast',
  tag: 'broadcast',
  summary: 'Makes a list of people to write to at once.',
  description:
    'Recado keeps it; it is not on the phone. The id can be the phone of a send: each person gets a message of their own, in their own chat. Sent again, it makes another list.',
  takes: 'text',
  body: { name: listName, phones: listPhones },
  example: { name: 'Clientes', phones: ['5511999999999', '5511999999998'] },
  audit: 'settings-changed',
  answer: list,
  handle: async ({ instance }, { body }, { broadcastLists }) => {
    const made = await broadcastLists.create(instance.id, {
      name: listNameIn(body.name),
      people: listedIn(body.phones),
    })
    if (made === undefined)
      throw new InvalidRequestError(
        'This instance has 1,000 broadcast lists already. Delete one with DELETE /broadcast/{broadcastId}.',
      )
    return listAnswer(made)
  },
})
