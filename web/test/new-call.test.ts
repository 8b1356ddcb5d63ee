/**
 * What a call that sends needs in the console. A new call fails here alone, with the lines to add; CONTRIBUTING.md, "A call".
 */

import { expect, test } from 'vitest'
import { describedCalls, type DescribedCall } from '../../gateway/src/zapi/instance-calls.js'
import { descriptionsPt } from '../console/send/descriptions-pt.js'
import { hintOf } from '../console/send/call-words.js'
import { wholeSchemaOf } from '../console/send/draft.js'
import { kindGroups } from '../console/send/kinds.js'
import { choiceLabels, itemLabels, labels } from '../console/send/labels.js'
import { viewOf } from '../console/send/preview/views.js'
import { type Attribute, attributesOf, type Schema } from '../console/send/schema.js'

const sending = describedCalls.filter(({ tag }) => tag === 'message' || tag === 'otp')
const named: Readonly<Record<string, unknown>> = Object.assign(
  {},
  ...kindGroups.map(({ names }) => names),
)

function attributesIn(schema: Schema): readonly Attribute[] {
  return attributesOf(schema).flatMap((attribute) => [
    attribute,
    ...attributesIn(attribute.schema),
    ...attributesIn(attribute.schema.items ?? {}),
  ])
}

/** Calls that show nothing of their own: they answer or change a message that is there. */
const showsNothing = /reaction|response|vote|expiration/u

/** File, and the line to add to it. */
function missingOf(call: DescribedCall): readonly string[] {
  const attributes = attributesIn(wholeSchemaOf(call))
  const texts = [call.summary, ...attributes.map(({ schema }) => schema.description)]
  const choices = attributes.flatMap(({ control }) =>
    control.kind === 'choice' ? control.choices : [],
  )
  const lists = attributes.filter(({ control }) => control.kind === 'list')
  const isDrawn = call.path.startsWith('/send-') && !showsNothing.test(call.path)
  return [
    ...(Object.hasOwn(named, call.path)
      ? []
      : [`kinds.ts: '${call.path}': ['<English name>', '<Portuguese name>'],`]),
    ...attributes
      .filter(({ name }) => !Object.hasOwn(labels, name))
      .map(({ name }) => `labels.ts, labels: ${name}: ['<English>', '<Portuguese>'],`),
    ...lists
      .filter(({ name }) => !Object.hasOwn(itemLabels, name))
      .map(
        ({ name }) => `labels.ts, itemLabels: ${name}: ['<one, English>', '<one, Portuguese>'],`,
      ),
    ...choices
      .filter((choice) => !Object.hasOwn(choiceLabels, choice))
      .map((choice) => `labels.ts, choiceLabels: ${choice}: ['<English>', '<Portuguese>'],`),
    ...texts
      .filter((text) => text !== undefined && hintOf(text, 'en') !== undefined)
      .filter((text) => !Object.hasOwn(descriptionsPt, String(text)))
      .map((text) => `descriptions-pt.ts: ${JSON.stringify(text)}: '<Portuguese>',`),
    ...(isDrawn && viewOf(call.path, {}) === undefined
      ? [`preview/views.ts: '${call.path}': (body) => ({ kind: …, parts: … }),`]
      : []),
  ]
}

test('every call that sends has its name, its labels, its Portuguese and its preview', () => {
  const missing = new Set(sending.flatMap(missingOf))
  const toDo = [...missing].map((line) => `web/console/send/${line}`)
  expect(toDo, `Add these lines:\n${toDo.join('\n')}`).toEqual([])
})
