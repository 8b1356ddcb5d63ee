import { Type } from 'typebox'
import { isUnheard } from '../groups/known-groups.js'
import type { InstanceId } from '../../domain/instance.js'
import type { NewsletterInfo } from '../../domain/newsletter.js'
import type { Modules } from '../modules.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterAnswer, newsletterAnswerExample, newsletterShape } from './newsletter-answer.js'

export const listNewsletters = endpoint({
  method: 'GET',
  path: '/newsletter',
  tag: 'newsletter',
  summary: 'Lists the channels that the number follows or runs.',
  description:
    'It asks WhatsApp each time. Without a connection it answers what WhatsApp told last.',
  answer: Type.Array(Type.Object(newsletterShape), {
    description: 'All of them, as WhatsApp orders them.',
    examples: [[newsletterAnswerExample]],
  }),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, _input, modules) =>
    (await channelsOf(instance.id, modules)).map(newsletterAnswer),
})

/** Throws why WhatsApp could not be asked if nothing is known either. */
async function channelsOf(
  instanceId: InstanceId,
  { newsletters, directory }: Pick<Modules, 'newsletters' | 'directory'>,
): Promise<readonly NewsletterInfo[]> {
  try {
    const told = await newsletters.newslettersOf(instanceId).list()
    await directory.channels.take(instanceId, told)
    return told
  } catch (cause) {
    const known = isUnheard(cause) ? await directory.channels.list(instanceId) : undefined
    if (known === undefined) throw cause
    return known
  }
}
