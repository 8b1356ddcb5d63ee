/** Whom the phone can write to: every other phone, and its groups. */

import { element, fillKeyed } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { avatarOf } from './avatar.js'
import type { Part } from './desk.js'
import { communityOf } from './community-name.js'
import { shownNumber } from './phone-state.js'
import { hashOf } from './route.js'

export function newChatScreen(): Part {
  const back = element(
    'a',
    { class: 'icon-button', href: hashOf({ screen: 'chats' }) },
    icon('back'),
  )
  const title = element('h1', { class: 'bar__title', tabindex: '-1' })
  const list = element('ul', { class: 'chats' })
  const empty = element('p', { class: 'empty' })
  const bar = element(
    'header',
    { class: 'bar' },
    back,
    element('div', { class: 'bar__names' }, title),
  )
  return {
    element: element(
      'section',
      { class: 'screen' },
      bar,
      element('div', { class: 'scroll' }, list, empty),
    ),
    update: ({ state, words }) => {
      back.setAttribute('aria-label', words.back)
      title.textContent = words.newChat
      empty.textContent = words.noOtherPhone
      empty.hidden = state.contacts.length > 0
      list.hidden = state.contacts.length === 0
      list.setAttribute('aria-label', words.newChatWith)
      fillKeyed(list, state.contacts, {
        key: (contact) => contact.id,
        version: (contact) => JSON.stringify([contact, words.businessAccount]),
        draw: (contact) => {
          const about = contact.members
            ? [words.members(contact.members.length), ...communityOf(contact, words)].join(' · ')
            : shownNumber(contact.id)
          return element(
            'li',
            {},
            element(
              'a',
              { class: 'chat-row', href: hashOf({ screen: 'chat', chat: contact.id }) },
              avatarOf(contact),
              element('span', { class: 'chat-row__name' }, contact.name),
              element(
                'span',
                { class: 'chat-row__text' },
                contact.business ? `${about} · ${words.businessAccount}` : about,
              ),
            ),
          )
        },
      })
    },
  }
}
