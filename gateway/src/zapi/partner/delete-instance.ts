import { endpoint } from '../endpoint.js'
import { done } from './shapes.js'

export const deleteInstance = endpoint({
  method: 'DELETE',
  path: '/integrator/on-demand',
  access: 'partner',
  tag: 'partner',
  summary: 'Deletes an instance at once, with everything that belongs to it.',
  description:
    '**Ours.** Its phone is unlinked. What waits for a pool goes to its other members; if none is connected, its end is told. Its messages, keys and pending callbacks are gone and cannot be brought back.',
  audit: 'by-the-module',
  answer: done,
  handle: async ({ instance, by }, _input, { life }) => {
    await life.delete(instance.id, by)
    return { value: true }
  },
})
