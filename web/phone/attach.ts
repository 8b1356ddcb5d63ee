/** What can be sent besides text: files, a place, a contact, a poll. */

import { type Child, element } from '../bubble/element.js'
import { icon, type IconName } from '../bubble/icons.js'
import { openSheet, type Sheet } from '../bubble/sheet.js'
import type { Desk, View } from './desk.js'
import { fileFacts } from './file-facts.js'
import type { Words } from './words.js'

type FileKind = 'image' | 'video' | 'document' | 'audio' | 'voice' | 'sticker'

const fileKinds: readonly {
  readonly kind: FileKind
  readonly icon: IconName
  readonly accept: string
}[] = [
  { kind: 'image', icon: 'image', accept: 'image/jpeg,image/png' },
  { kind: 'video', icon: 'video', accept: 'video/mp4' },
  { kind: 'document', icon: 'file', accept: '' },
  { kind: 'audio', icon: 'file', accept: 'audio/*' },
  { kind: 'voice', icon: 'mic', accept: 'audio/ogg' },
  { kind: 'sticker', icon: 'smile', accept: 'image/webp' },
]

/** Above this the simulator refuses the call. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

export function openAttach(to: string, view: View, desk: Desk): void {
  const { words } = view
  openSheet(words.attach, words.close, (sheet) => {
    const send = (post: object): void => {
      sheet.close()
      void desk.attempt(() => desk.api.post({ to, ...post }))
    }
    const sendFile = async (kind: FileKind, file: File): Promise<void> => {
      if (file.size > MAX_FILE_BYTES) return desk.toast(words.fileTooLarge)
      send({ [kind]: await fileFacts(kind, file) })
    }
    return [
      ...fileKinds.map(({ kind, icon: name, accept }) =>
        filePicker(words.attachments[kind], name, accept, (file) => void sendFile(kind, file)),
      ),
      opener('pin', words.attachments.location, () => openPlace(view, sheet, send)),
      opener('person', words.attachments.contact, () => openContacts(view, sheet, send)),
      opener('poll', words.attachments.poll, () => openPoll(view, sheet, send)),
    ]
  })
}

type Send = (post: object) => void

function filePicker(
  label: string,
  name: IconName,
  accept: string,
  choose: (file: File) => void,
): HTMLElement {
  const input = element('input', { type: 'file', class: 'unseen', accept })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) choose(file)
  })
  return element(
    'label',
    { class: 'sheet__row sheet__row--icon' },
    icon(name),
    element('span', {}, label),
    input,
  )
}

function opener(name: IconName, label: string, onclick: () => void): HTMLElement {
  return element(
    'button',
    { class: 'sheet__row sheet__row--icon', type: 'button', onclick },
    icon(name),
    element('span', {}, label),
  )
}

function openContacts({ words, state }: View, menu: Sheet, send: Send): void {
  menu.close()
  const people = state.contacts.filter(({ members }) => members === undefined)
  openSheet(words.attachments.contact, words.close, ({ close }) =>
    people.map(({ id: phone, name }) =>
      opener('person', name, () => {
        close()
        send({ contacts: [{ name, phone }] })
      }),
    ),
  )
}

function openPlace({ words }: View, menu: Sheet, send: Send): void {
  menu.close()
  openForm(
    words.attachments.location,
    words,
    [
      field('latitude', words.latitude, { type: 'number', step: 'any', min: '-90', max: '90' }),
      field('longitude', words.longitude, { type: 'number', step: 'any', min: '-180', max: '180' }),
      field('name', words.placeName, { required: false }),
    ],
    (values) => {
      const name = values('name')
      const location = {
        latitude: Number(values('latitude')),
        longitude: Number(values('longitude')),
        ...(name === '' ? {} : { name }),
      }
      send({ location })
    },
  )
}

function openPoll({ words }: View, menu: Sheet, send: Send): void {
  menu.close()
  openForm(
    words.attachments.poll,
    words,
    [
      field('question', words.question, { maxlength: 255 }),
      element(
        'label',
        { class: 'sheet__field' },
        element('span', {}, words.pollOptions),
        element('textarea', { class: 'field', name: 'options', rows: 4, required: true }),
      ),
      element(
        'label',
        { class: 'sheet__field sheet__field--line' },
        element('input', { type: 'checkbox', name: 'one' }),
        element('span', {}, words.pollOne),
      ),
    ],
    (values) => {
      const lines = values('options').split('\n')
      const options = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))]
      const selectable = values('one') === '' ? 0 : 1
      send({ poll: { question: values('question'), options, selectable } })
    },
  )
}

function field(name: string, label: string, more: Record<string, string | number | boolean>) {
  return element(
    'label',
    { class: 'sheet__field' },
    element('span', {}, label),
    element('input', { class: 'field', name, required: true, ...more }),
  )
}

function openForm(
  title: string,
  words: Words,
  fields: readonly Child[],
  submit: (values: (name: string) => string) => void,
): void {
  openSheet(title, words.close, ({ close }) => {
    const form = element(
      'form',
      { class: 'sheet__form' },
      ...fields,
      element('button', { class: 'button', type: 'submit' }, words.send),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const data = new FormData(form)
      close()
      submit((name) => {
        const value = data.get(name)
        return typeof value === 'string' ? value.trim() : ''
      })
    })
    return [form]
  })
}
