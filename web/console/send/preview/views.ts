/**
 * What a phone shows of a call's body, for calls that send something to see: the parts that the shared bubble
 * draws. `web/test/console-preview.test.ts` compares each with what the simulator draws of the message itself.
 */

import type { BubbleFile } from '../../../bubble/parts/part.js'
import type { Part, View } from '../../../../simulator/src/draw/view.js'
import type { Json, JsonObject } from '../values.js'
import { Files, inside, listIn, objectsIn, textIn } from './body.js'
import {
  actionOf,
  buttons,
  digitsOf,
  sectionsOf,
  numberOf,
  orderOf,
  pixIn,
  pixOf,
  replyOf,
  textPart,
} from './parts.js'

export interface Shown extends View {
  readonly files: Readonly<Record<string, BubbleFile>>
}

type Draw = (body: JsonObject, files: Files) => Pick<View, 'kind' | 'parts'> & { viewOnce?: true }

/** The one that the simulator's phones see in place of a code that the gateway makes. */
const someCode = '123456789012'

const draws: Readonly<Record<string, Draw>> = {
  '/send-text': (body) => ({ kind: 'text', parts: textPart('text', textIn(body, 'message')) }),
  '/send-button-otp': (body, files) => ({
    kind: 'copy-button',
    parts: [
      ...files.media('image', body['image']),
      ...textPart('text', textIn(body, 'message')),
      ...copyButton(body, textIn(body, 'code')),
    ],
  }),
  '/otp/start': (body, files) => {
    const code = someCode.slice(0, numberOf(body['length']) || 6)
    const message =
      textIn(body, 'message') ||
      '{code} é o seu código de verificação. Não o compartilhe com ninguém.'
    return {
      kind: 'copy-button',
      parts: [
        ...files.media('image', body['image']),
        ...textPart('text', message.replaceAll('{code}', code)),
        ...copyButton(body, code),
      ],
    }
  },
  '/send-link': (body, files) => {
    const url = textIn(body, 'linkUrl').trim()
    const said = textIn(body, 'message')
    return link(files, {
      url,
      said: said.includes(url) ? said : `${said}\n${url}`,
      title: textIn(body, 'title'),
      description: textIn(body, 'linkDescription'),
      image: body['image'],
    })
  },
  '/send-image': (body, files) => media('image', body['image'], body, files),
  '/send-video': (body, files) => media('video', body['video'], body, files),
  '/send-gif': (body, files) => media('gif', body['gif'], body, files),
  '/send-ptv': (body, files) => media('round-video', body['ptv'], {}, files),
  '/send-audio': (body, files) => media('voice', body['audio'], body, files),
  '/send-sticker': (body, files) => media('sticker', body['sticker'], {}, files),
  '/send-document/:extension': (body, files) => {
    const given = body['document']
    const fileName = textIn(body, 'fileName') || 'document'
    return {
      kind: 'document',
      parts: [
        ...files.media('document', given).map((part) => ({ ...part, fileName })),
        ...textPart('text', textIn(body, 'caption')),
      ],
    }
  },
  '/send-button-list': (body, files) => {
    const list = inside(body, 'buttonList')
    return {
      kind: 'reply-buttons',
      parts: [
        ...files.media('image', list['image']),
        ...files.media('video', list['video']),
        ...textPart('text', textIn(body, 'message')),
        ...buttons(objectsIn(list, 'buttons').map(replyOf)),
      ],
    }
  },
  '/send-button-actions': (body, files) => {
    const actions = objectsIn(body, 'buttonActions').map(actionOf)
    const replies = actions.every(({ kind }) => kind === 'reply')
    return {
      kind: actions.some(({ kind }) => kind === 'copy')
        ? 'copy-button'
        : replies
          ? 'reply-buttons'
          : 'action-buttons',
      parts: [
        ...files.media('image', body['image']),
        ...textPart('title', textIn(body, 'title')),
        ...textPart('text', textIn(body, 'message')),
        ...textPart('footer', textIn(body, 'footer')),
        ...buttons(actions),
      ],
    }
  },
  '/send-option-list': (body) => {
    const list = inside(body, 'optionList')
    const title = textIn(list, 'title')
    return {
      kind: 'list',
      parts: [
        ...textPart('title', title),
        ...textPart('text', textIn(body, 'message')),
        { type: 'list', button: textIn(list, 'buttonLabel'), sections: sectionsOf(list) },
      ],
    }
  },
  '/send-carousel': (body, files) => {
    const cards = objectsIn(body, 'carousel').map((card) => ({
      parts: [
        ...files.media('image', card['image']),
        ...textPart('text', textIn(card, 'text')),
        ...buttons(objectsIn(card, 'buttons').map(actionOf)),
      ],
    }))
    const said = textPart('text', textIn(body, 'message'))
    return { kind: 'carousel', parts: [...said, { type: 'carousel', cards }] }
  },
  '/send-button-pix': (body) => ({
    kind: 'pix',
    parts: pixOf(
      textIn(body, 'merchantName') || 'Pix',
      textIn(body, 'type'),
      textIn(body, 'pixKey'),
    ),
  }),
  '/send-location': (body) => ({
    kind: 'location',
    parts: [
      {
        type: 'location',
        latitude: numberOf(body['latitude']),
        longitude: numberOf(body['longitude']),
        ...unlessEmpty('name', textIn(body, 'title')),
        ...unlessEmpty('address', textIn(body, 'address')),
      },
    ],
  }),
  '/send-contact': (body) =>
    contacts([
      {
        name: textIn(body, 'contactName'),
        about: textIn(body, 'contactBusinessDescription'),
        phones: [textIn(body, 'contactPhone')],
      },
    ]),
  '/send-contacts': (body) =>
    contacts(
      objectsIn(body, 'contacts').map((each) => ({
        name: textIn(each, 'name'),
        about: textIn(each, 'businessDescription'),
        phones: listIn(each, 'phones').map(String),
      })),
    ),
  '/send-poll': (body) => ({
    kind: 'poll',
    parts: [
      {
        type: 'poll',
        question: textIn(body, 'message'),
        options: objectsIn(body, 'poll').map((option) => textIn(option, 'name')),
        selectable: numberOf(body['pollMaxOptions']),
      },
    ],
  }),
  '/send-event': event,
  '/send-edit-event': event,
  '/send-newsletter-admin-invite': (body) => {
    const invite = inside(body, 'adminInviteMessage')
    const id = textIn(invite, 'newsletterId')
    return {
      kind: 'channel-invite',
      parts: [
        // WhatsApp adds the name of the channel and the end of the invitation.
        { type: 'invite', to: 'channel', id, name: id },
        ...textPart('text', textIn(invite, 'caption')),
      ],
    }
  },
  '/send-product': (body, files) => {
    const url = `https://wa.me/p/${textIn(body, 'productId')}/${digitsOf(body['catalogPhone'])}`
    return link(files, { url, said: url, title: 'Produto', description: '' })
  },
  '/send-catalog': (body, files) => {
    const url = `https://wa.me/c/${digitsOf(body['catalogPhone'])}`
    const isEnglish = textIn(body, 'translation') === 'EN'
    const said =
      textIn(body, 'message') || (isEnglish ? 'See our catalogue' : 'Veja nosso catálogo')
    const title = textIn(body, 'title') || (isEnglish ? 'Catalogue' : 'Catálogo')
    const description = textIn(body, 'catalogDescription')
    return link(files, { url, said: `${said}\n${url}`, title, description })
  },
  '/send-order': (body) => ({
    kind: 'order',
    parts: [
      orderOf(inside(body, 'order'), 'order', { reference: '', status: 'pending' }),
      ...pixIn(inside(body, 'paymentSettings')),
      ...textPart('text', textIn(body, 'message')),
    ],
  }),
  '/order-status-update': orderUpdate,
  '/order-payment-update': orderUpdate,
}

/** Nothing for a call that shows nothing of its own. */
export function viewOf(path: string, body: JsonObject): Shown | undefined {
  const draw = draws[path]
  if (draw === undefined) return undefined
  const files = new Files()
  const view = draw(body, files)
  return { ...view, files: files.shown }
}

function copyButton(body: JsonObject, code: string): readonly Part[] {
  const label = textIn(body, 'buttonText').trim() || 'Copiar código'
  return code === '' ? [] : buttons([{ kind: 'copy', text: label, code }])
}

type Form = Parameters<Files['media']>[0]

function media(form: Form, given: Json | undefined, body: JsonObject, files: Files) {
  return {
    kind: form,
    parts: [...files.media(form, given), ...textPart('text', textIn(body, 'caption'))],
    ...(body['viewOnce'] === true && { viewOnce: true as const }),
  }
}

interface Page {
  readonly url: string
  readonly said: string
  readonly title: string
  readonly description: string
  readonly image?: Json | undefined
}

function link(files: Files, { url, said, title, description, image }: Page) {
  const thumbnail = files.note(image)
  const page = {
    type: 'link' as const,
    url,
    ...unlessEmpty('title', title),
    ...unlessEmpty('description', description),
    ...(thumbnail === undefined ? {} : { thumbnail }),
  }
  return { kind: 'link', parts: [...(url === '' ? [] : [page]), ...textPart('text', said.trim())] }
}

function event(body: JsonObject) {
  const about = inside(body, 'event')
  const startsAt = Date.parse(textIn(about, 'dateTime'))
  return {
    kind: 'event',
    parts: [
      {
        type: 'event' as const,
        name: textIn(about, 'name'),
        ...unlessEmpty('description', textIn(about, 'description')),
        ...(Number.isNaN(startsAt) ? {} : { startsAt, endsAt: startsAt + usualEventMs }),
        ...unlessEmpty('place', textIn(inside(about, 'location'), 'name')),
        ...(textIn(about, 'callLinkType') !== '' && { callUrl: 'https://call.whatsapp.com/' }),
        ...(about['canceled'] === true && { canceled: true as const }),
      },
    ],
  }
}

/** As the gateway writes the end. */
const usualEventMs = 7_200_000

function orderUpdate(body: JsonObject) {
  const update = {
    reference: textIn(body, 'referenceId'),
    status: textIn(body, 'orderStatus'),
    paymentStatus: textIn(body, 'paymentStatus') === 'paid' ? 'captured' : 'pending',
  }
  return {
    kind: 'order',
    parts: [
      orderOf(inside(body, 'order'), 'update', update),
      ...textPart('text', textIn(body, 'message')),
    ],
  }
}

interface Contact {
  readonly name: string
  readonly about: string
  readonly phones: readonly string[]
}

function contacts(all: readonly Contact[]) {
  const cards = all.map(({ name, about, phones }) => ({
    name,
    ...unlessEmpty('about', about),
    phones: phones
      .filter((phone) => phone !== '')
      .map((phone) => ({ number: `+${digitsOf(phone)}`, whatsapp: digitsOf(phone) })),
  }))
  const name = cards.length === 1 ? {} : { name: `${cards.length} contacts` }
  return {
    kind: cards.length === 1 ? 'contact' : 'contacts',
    parts: [{ type: 'contacts' as const, ...name, contacts: cards }],
  }
}

function unlessEmpty<Name extends string>(
  name: Name,
  value: string,
): { readonly [N in Name]?: string } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (value === '' ? {} : { [name]: value }) as { readonly [N in Name]?: string }
}
