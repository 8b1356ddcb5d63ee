/** The form of every call, made of the schemas that the gateway gives. */

import { describe, expect, test } from 'vitest'
import { describedCalls } from '../../gateway/src/zapi/instance-calls.js'
import { messageGroups } from '../console/send/call-words.js'
import {
  bodyOf,
  emptyValues,
  exampleValues,
  pathOf,
  sentBodyOf,
  wholeSchemaOf,
} from '../console/send/draft.js'
import { placeIn } from '../console/send/fault-place.js'
import { attributesOf, type Schema } from '../console/send/schema.js'
import { fileBytesIn, isGroup } from '../console/send/values.js'

const withBody = describedCalls.filter(({ body }) => body !== undefined)
const sending = describedCalls.filter(({ tag }) => tag === 'message' || tag === 'otp')

/** Numbers that may be text are text in a form. */
function asText(json: unknown): unknown {
  return JSON.parse(
    JSON.stringify(json, (_name, value: unknown) =>
      typeof value === 'number' ? String(value) : value,
    ),
  )
}

describe.each(withBody)('$method $path', (call) => {
  test('filled in with its example, sends the example', () => {
    const { examples = [] }: Schema = Object(call.body)
    const [example] = examples
    const values = exampleValues(call)
    expect(values).toBeDefined()
    if (values === undefined) return
    // What is false and may be left out is left out.
    const given = JSON.parse(
      JSON.stringify(example, (_name, value: unknown) =>
        value === false || value === null ? undefined : value,
      ),
    )
    expect(asText(sentBodyOf(call, values))).toMatchObject(Object(asText(given)))
  })

  test('empty, sends nothing that may be left out', () => {
    const required = attributesOf(wholeSchemaOf(call))
      .filter(({ isRequired }) => isRequired)
      .map(({ name }) => name)
    const names = Object.keys(bodyOf(call, emptyValues(call)))
    expect(required).toEqual(expect.arrayContaining(names))
  })
})

test('no call has one name twice, in its path, its query and its body', () => {
  for (const call of describedCalls) {
    const names = [call.params, call.query, call.body].flatMap((schema) =>
      Object.keys(Object(Object(schema).properties)),
    )
    expect(names, `${call.method} ${call.path}`).toEqual([...new Set(names)])
  }
})

test('every call that sends is offered once', () => {
  const offered = messageGroups(describedCalls, 'en', 'Others').flatMap(({ calls }) =>
    calls.map(({ call }) => `${call.method} ${call.path}`),
  )
  expect(new Set(offered).size).toBe(offered.length)
  expect(offered).toEqual(
    expect.arrayContaining(sending.map(({ method, path }) => `${method} ${path}`)),
  )
})

function callOf(path: string) {
  const call = describedCalls.find((each) => each.path === path)
  if (call === undefined) throw new Error(`no ${path}`)
  return call
}

test('a part of the path that is not given is left out, and the query is encoded', () => {
  const document = callOf('/send-document/:extension')
  expect(pathOf(document, { extension: '' })).toBe('/send-document')
  expect(pathOf(document, { extension: 'pdf' })).toBe('/send-document/pdf')
  const deletion = callOf('/messages')
  const values = { phone: '5511 9&9', messageId: 'a/b', owner: 'true' }
  expect(pathOf(deletion, values)).toBe('/messages?phone=5511%209%269&messageId=a%2Fb&owner=true')
})

test('what a button does decides which of its attributes are asked for and sent', () => {
  const call = callOf('/send-button-actions')
  const button = {
    id: '',
    type: 'CALL',
    label: 'Ligar',
    phone: '5511',
    url: 'https://left.example',
  }
  const values = { ...emptyValues(call), message: 'Oi', buttonActions: [button] }
  expect(bodyOf(call, values)).toEqual({
    message: 'Oi',
    buttonActions: [{ type: 'CALL', label: 'Ligar', phone: '5511' }],
  })
})

test('a chosen file goes as base64 with its type, and its size is known before', async () => {
  const call = callOf('/send-image')
  const image = new File([Buffer.from('pixels')], 'a.png', { type: 'image/png' })
  const body = bodyOf(call, { ...emptyValues(call), phone: '55', image })
  expect(fileBytesIn(body)).toBe(8)
  expect(body).toMatchObject({ image })
})

test('a body that is a list is sent as the list, and its refusals are shown at the entry', () => {
  const call = callOf('/contacts/add')
  const ana = { firstName: 'Ana', lastName: '', phone: '5511999999999' }
  const values = { ...emptyValues(call), list: [ana] }
  expect(sentBodyOf(call, values)).toEqual([{ firstName: 'Ana', phone: '5511999999999' }])
  expect(placeIn('[0].phone: give a number with its country', values)).toBe('list.0.phone')
})

test.each([
  ['carousel.0.image: This is not a complete URL.', 'carousel.0.image'],
  ['carousel.1.text is required', 'carousel'],
  ['carousel must have at least 1 item', 'carousel'],
  ['Invalid phone', 'phone'],
  ['The message is too long', 'message'],
  ['carousel[0].text must not be empty', 'carousel.0.text'],
  ['Something else went wrong', undefined],
])('"%s" is shown at %s', (text, place) => {
  const values = { phone: '', message: '', carousel: [{ text: '', image: '' }] }
  expect(isGroup(values)).toBe(true)
  expect(placeIn(text, values)).toBe(place)
})
