/**
 * What a call needs in the console; one that sends, more. A new call fails here alone, with the lines to add; CONTRIBUTING.md, "A call".
 */

import { expect, test } from 'vitest'
import { describedCalls, type DescribedCall } from '../../gateway/src/zapi/instance-calls.js'
import { descriptionsPt } from '../console/send/descriptions-pt.js'
import { hintOf } from '../console/send/call-words.js'
import { wholeSchemaOf } from '../console/send/draft.js'
import { kindGroups } from '../console/send/kinds.js'
import { choiceLabels, itemLabels, labels } from '../console/send/labels.js'
import { summariesPt, tagTitles } from '../console/send/summaries-pt.js'
import { viewOf } from '../console/send/preview/views.js'
import { type Attribute, attributesOf, type Schema } from '../console/send/schema.js'

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

/** Whether it is offered among the messages. */
const isSending = ({ tag, path }: DescribedCall): boolean =>
  tag === 'message' || tag === 'otp' || Object.hasOwn(named, path)

/** Each line once, below what to do; empty if nothing is missing. */
function toDo(missing: readonly string[]): string {
  const lines = [...new Set(missing)].map((line) => `web/console/send/${line}`)
  return lines.length === 0 ? '' : ['Add these lines:', ...lines].join('\n')
}

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
  const missing = toDo(describedCalls.filter(isSending).flatMap(missingOf))
  expect(missing).toBe('')
})

test('every other call has its Portuguese, and its group a title', () => {
  const others = describedCalls.filter((call) => !isSending(call))
  const missing = toDo(
    others.flatMap(({ summary, tag }) => [
      ...(Object.hasOwn(summariesPt, summary)
        ? []
        : [`summaries-pt.ts: ${JSON.stringify(summary)}: '<Portuguese>',`]),
      ...(Object.hasOwn(tagTitles, tag)
        ? []
        : [`summaries-pt.ts, tagTitles: ${tag}: ['<English>', '<Portuguese>'],`]),
    ]),
  )
  expect(missing).toBe('')
})
