/** What the API document says of what an instance shows of itself, and of the questions about numbers. */

import { Type } from 'typebox'
import { operation } from '../http/operation.js'
import * as answer from './answer-schemas.js'
import * as told from './instance-settings-answers.js'
import { phoneParams } from './request-schemas.js'

/** WhatsApp's app takes no longer names and texts. */
const longestName = 25
const longestAbout = 139

const notConnected = { 400: 'The instance is not connected, or WhatsApp says no.' }
const noAnswer = { 503: 'WhatsApp did not answer in time. Try again.' }

const valueBody = (description: string, example: string, limits: object) =>
  Type.Object(
    { value: Type.String({ ...limits, description }) },
    { examples: [{ value: example }] },
  )

export const restart = operation({
  tag: 'instance',
  summary: 'Closes the connection to WhatsApp and opens it anew.',
  description:
    'The phone stays linked. What is being sent goes again under the same id, so nobody gets it twice.',
  answer: told.isOpen,
  refusals: { 400: 'No phone is linked.' },
})

export const restoreSession = operation({
  tag: 'instance',
  summary: 'Opens the connection to WhatsApp where it is not open.',
  description:
    'For an instance whose status says "You need to restore the session." One that is connected stays so.',
  answer: told.isOpen,
  refusals: { 400: 'No phone is linked.' },
})

export const me = operation({
  tag: 'instance',
  summary: 'Tells the settings of the instance.',
  description: 'Callback URLs that are not set are empty. Subscriptions have no meaning here.',
  answer: told.me,
})

export const device = operation({
  tag: 'instance',
  summary: 'Tells what the number shows of itself, and which phone is behind it.',
  description: 'Asked of WhatsApp each time.',
  answer: told.device,
  refusals: { ...notConnected, ...noAnswer },
})

export const updateName = operation({
  tag: 'instance',
  summary: 'Renames the instance.',
  description: 'The name is for people on your side: WhatsApp never sees it.',
  body: valueBody('The new name.', 'Loja do centro', { minLength: 1, maxLength: 255 }),
  answer: answer.value,
})

export const profileName = operation({
  tag: 'instance',
  summary: 'Changes the name that the number shows on WhatsApp.',
  description: 'Business names that WhatsApp has verified can not be changed here.',
  body: valueBody('The new name.', 'Loja do centro', { minLength: 1, maxLength: longestName }),
  answer: answer.value,
  refusals: { ...notConnected, ...noAnswer },
})

export const profilePicture = operation({
  tag: 'instance',
  summary: 'Changes the picture that the number shows on WhatsApp.',
  description: 'Any image; its middle becomes a square.',
  body: valueBody(
    'A URL, or base64, at most 5 MB.',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    { minLength: 1 },
  ),
  answer: answer.value,
  refusals: { ...notConnected, ...noAnswer },
})

export const profileDescription = operation({
  tag: 'instance',
  summary: 'Changes the text about the number on WhatsApp.',
  description: 'The "about" of the profile.',
  body: valueBody('The new text; empty clears it.', 'Aberto das 9 às 18', {
    maxLength: longestAbout,
  }),
  answer: answer.value,
  refusals: { ...notConnected, ...noAnswer },
})

export const extensionToken = operation({
  tag: 'instance',
  summary: 'Makes a token that lets a browser pair this instance for five minutes.',
  description:
    "It stands in the path in place of the instance's token, without Client-Token, in qr-code, qr-code/image, phone-code and status, and opens nothing else. The one before ends.",
  answer: told.extensionToken,
})

export const phoneExists = operation({
  tag: 'contacts',
  summary: 'Tells whether a number is on WhatsApp.',
  description:
    'Brazilian, Mexican and Argentinian mobile numbers are found with and without their mobile digit.',
  params: phoneParams,
  answer: told.phoneExists,
  refusals: { ...notConnected, ...noAnswer },
})

export const phoneExistsBatch = operation({
  tag: 'contacts',
  summary: 'Tells which of many numbers are on WhatsApp.',
  description:
    'At most 50,000, in the order in which they were given. WhatsApp restricts numbers that ask about many strangers: ask for no more than you need.',
  body: Type.Object(
    {
      phones: Type.Array(Type.Unknown(), {
        maxItems: 50_000,
        description: 'Numbers with their country.',
      }),
    },
    { examples: [{ phones: ['5511999999999'] }] },
  ),
  answer: told.phonesExist,
  refusals: { ...notConnected, 503: 'WhatsApp did not answer in time. Ask for fewer at once.' },
})
