/** What the calls share that read a catalogue. */

import { Type } from 'typebox'
import type { InstanceId } from '../../domain/instance.js'
import type { Modules } from '../modules.js'
import { notConnected } from '../refusals.js'
import { pageAnswer } from './catalog-answer.js'

/** WhatsApp's cursors have some hundred characters. */
const longestCursor = 4_096

export const readingNote =
  'WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most.'

export const cursor = {
  nextCursor: Type.Optional(
    Type.String({
      maxLength: longestCursor,
      description: 'Of the page before. The first if unset.',
    }),
  ),
}

export const owner = {
  phone: Type.String({
    maxLength: 32,
    description: 'The number of the business, with its country.',
    examples: ['5511999999999'],
  }),
}

export const catalogRefusals = {
  400: `${notConnected[400]} Also where WhatsApp does not give the catalogue.`,
}

/** Throws `NotConnectedError`, `WhatsappRefusedError`. `phone` is digits; the own catalogue if unset. */
export async function readPage(
  instanceId: InstanceId,
  phone: string | undefined,
  nextCursor: string | undefined,
  modules: Pick<Modules, 'business' | 'catalogs' | 'sessions'>,
): Promise<object> {
  const page = await modules.catalogs.catalogOf(instanceId).pageOf(phone, nextCursor || undefined)
  return pageAnswer(page, await takesCarts(instanceId, phone, modules))
}

/** The business profile tells it. Without a profile it takes none. */
export async function takesCarts(
  instanceId: InstanceId,
  phone: string | undefined,
  { business, sessions }: Pick<Modules, 'business' | 'sessions'>,
): Promise<boolean> {
  const asked = phone ?? sessions.status(instanceId).phone
  if (asked === undefined) return false
  return (await business.businessOf(instanceId).profileOf(asked))?.cartEnabled ?? false
}
