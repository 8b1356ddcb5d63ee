/** `/phones`: every phone there is, and a way to add one. With something to do in the address it asks which phone does it. */

import type { PhoneView } from '../../simulator/src/control-answers.js'
import { element, fillKeyed } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { ApiError, addPhone, type NewPhone } from './api.js'
import { avatarOf } from './avatar.js'
import { follow } from './live.js'
import { shownNumber } from './phone-state.js'
import { hashOf, routeOf } from './route.js'
import { keepSettings, loadSettings } from './settings.js'
import { switchOf } from './switch.js'
import { toaster } from './toast.js'
import { type Words, wordsOf } from './words.js'

export function startPhonesPage(place: HTMLElement): void {
  let settings = loadSettings()
  let phones: readonly PhoneView[] | undefined
  const toast = toaster()
  const title = element('h1', { class: 'phones__title' })
  const hint = element('p', { class: 'faint' })
  const list = element('ul', { class: 'phones__list' })
  const empty = element('p', { class: 'faint', hidden: true })
  const form = addForm(toast.say)
  const theme = switchOf('theme', ['auto', 'light', 'dark'] as const, (chosen) =>
    choose({ theme: chosen }),
  )
  const language = switchOf('language', ['en', 'pt'] as const, (chosen) =>
    choose({ language: chosen }),
  )
  const choose = (change: Partial<typeof settings>): void => {
    settings = { ...settings, ...change }
    keepSettings(settings)
    draw()
  }
  const draw = (): void => {
    const words = wordsOf[settings.language]
    const task = taskIn(location.hash)
    const root = document.documentElement
    root.lang = settings.language === 'pt' ? 'pt-BR' : 'en'
    if (settings.theme === 'auto') delete root.dataset['theme']
    else root.dataset['theme'] = settings.theme
    document.title = `${words.phones} · Recado`
    title.textContent = words[titles[task.kind]]
    hint.textContent = words[hints[task.kind]]
    list.setAttribute('aria-label', words.phones)
    empty.textContent = words.noPhones
    empty.hidden = phones === undefined || phones.length > 0
    form.update(words)
    theme.update(words.theme, words.themes, settings.theme)
    language.update(words.language, { en: 'English', pt: 'Português' }, settings.language)
    fillKeyed(list, phones ?? [], {
      key: ({ phone }) => phone,
      version: (phone) => JSON.stringify([phone, settings.language, task]),
      draw: (phone) => drawPhone(phone, words, task),
    })
  }
  place.replaceChildren(
    element(
      'main',
      { class: 'phones' },
      element(
        'header',
        { class: 'phones__head' },
        element('div', {}, title, hint),
        element('div', { class: 'phones__switches' }, theme.element, language.element),
      ),
      // Who came to scan or to sign chooses one first.
      ...(taskIn(location.hash).kind === 'none'
        ? [form.element, list, empty]
        : [list, empty, form.element]),
      toast.element,
    ),
  )
  addEventListener('hashchange', draw)
  draw()
  follow<{ readonly snapshot: { readonly phones: readonly PhoneView[] } }>('/phones/events', {
    events: {
      snapshot: (change) => {
        phones = change.phones
        draw()
      },
    },
    lost: () => toast.say(wordsOf[settings.language].lost),
    refused: () => toast.say(wordsOf[settings.language].lost),
  })
}

/** What another page led here for. */
interface Task {
  readonly kind: 'none' | 'scan' | 'sign'
  /** Behind the address of the phone that does it. */
  readonly hash: string
}

const titles = { none: 'phones', scan: 'whichScans', sign: 'whichSigns' } as const
const hints = { none: 'phonesHint', scan: 'whichScansHint', sign: 'whichSignsHint' } as const

function taskIn(hash: string): Task {
  const route = routeOf(hash)
  if (route.screen !== 'linked') return { kind: 'none', hash: '' }
  if (route.sign !== undefined) return { kind: 'sign', hash: hashOf(route) }
  return route.scan === '' ? { kind: 'none', hash: '' } : { kind: 'scan', hash: hashOf(route) }
}

function drawPhone(phone: PhoneView, words: Words, task: Task): HTMLElement {
  const address = `/phones/${phone.phone}`
  const facts = [
    phone.online ? words.online : words.offlineShort,
    ...(task.kind === 'sign' && phone.linking?.step === 'continue' ? [words.waitsToSign] : []),
    ...(phone.business ? [words.businessAccount] : []),
    ...(phone.linkedDevices > 0 ? [words.devices(phone.linkedDevices)] : []),
  ]
  const badge =
    phone.unread === 0
      ? undefined
      : element(
          'span',
          { class: 'badge' },
          element('span', { 'aria-hidden': 'true' }, `${phone.unread}`),
          element('span', { class: 'unseen' }, words.unread(phone.unread)),
        )
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: 'phone-card',
        href: address + task.hash,
      },
      avatarOf({ id: phone.phone, name: phone.name }),
      element('span', { class: 'chat-row__name' }, phone.name),
      element('span', { class: 'phone-card__number' }, shownNumber(phone.phone)),
      element(
        'span',
        { class: phone.online ? 'phone-card__facts phone-card__facts--on' : 'phone-card__facts' },
        facts.join(' · '),
      ),
      badge,
    ),
  )
}

interface AddForm {
  readonly element: HTMLElement
  readonly update: (words: Words) => void
}

function addForm(say: (text: string) => void): AddForm {
  const heading = element('h2', { class: 'page__heading' })
  const number = element('input', {
    class: 'field',
    id: 'new-number',
    inputmode: 'numeric',
    autocomplete: 'off',
    required: true,
    maxlength: 30,
  })
  const name = element('input', {
    class: 'field',
    id: 'new-name',
    autocomplete: 'off',
    maxlength: 100,
  })
  const business = element('input', { type: 'checkbox', id: 'new-business' })
  const [numberLabel, nameLabel, businessLabel] = [
    element('label', { class: 'field__label', for: 'new-number' }),
    element('label', { class: 'field__label', for: 'new-name' }),
    element('span'),
  ]
  const button = element(
    'button',
    { class: 'button', type: 'submit' },
    icon('plus'),
    element('span'),
  )
  const form = element(
    'form',
    { class: 'add-phone' },
    heading,
    element(
      'div',
      { class: 'add-phone__fields' },
      element('div', {}, numberLabel, number),
      element('div', {}, nameLabel, name),
    ),
    element(
      'div',
      { class: 'add-phone__foot' },
      element('label', { class: 'check', for: 'new-business' }, business, businessLabel),
      button,
    ),
  )
  const add = async (phone: NewPhone): Promise<void> => {
    try {
      await addPhone(phone)
      form.reset()
      number.focus()
    } catch (error) {
      say(error instanceof ApiError ? error.message : String(error))
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const named = name.value.trim()
    const phone = {
      phone: number.value.replace(/[\s()+-]/g, ''),
      business: business.checked,
      ...(named === '' ? {} : { name: named }),
    }
    void add(phone)
  })
  return {
    element: form,
    update: (words) => {
      heading.textContent = words.addPhone
      numberLabel.textContent = words.number
      number.placeholder = words.numberHint
      nameLabel.textContent = words.name
      businessLabel.textContent = words.business
      if (button.lastChild) button.lastChild.textContent = words.add
    },
  }
}
