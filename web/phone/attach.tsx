/** What can be sent besides text: files, a place, a contact, a poll. */

import { type ReactNode, useState } from 'react'
import { Icon, type IconName } from '../bubble/icons.js'
import { Sheet, SheetRow } from '../bubble/sheet.js'
import { useTexts } from '../shared/texts.js'
import { fileFacts } from './file-facts.js'
import { formText } from './form-text.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

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

interface AttachProps {
  /** The chat that it goes to. */
  readonly to: string
  readonly close: () => void
}

interface SheetProps {
  readonly close: () => void
  /** Closes the sheet and sends. */
  readonly send: (post: object) => void
}

export function Attach({ to, close }: AttachProps) {
  const { api, attempt } = useActions()
  const [open, setOpen] = useState<'menu' | 'location' | 'contact' | 'poll'>('menu')
  const send = (post: object): void => {
    close()
    void attempt(() => api.post({ to, ...post }))
  }
  switch (open) {
    case 'menu':
      return <Menu close={close} send={send} open={setOpen} />
    case 'location':
      return <Place close={close} send={send} />
    case 'contact':
      return <Contacts close={close} send={send} />
    case 'poll':
      return <Poll close={close} send={send} />
  }
}

interface MenuProps extends SheetProps {
  readonly open: (sheet: 'location' | 'contact' | 'poll') => void
}

function Menu({ close, send, open }: MenuProps) {
  const { say } = useActions()
  const words = useTexts(phoneTexts)
  const labels = words.attachments
  const sendFile = async (kind: FileKind, file: File): Promise<void> => {
    if (file.size > MAX_FILE_BYTES) return say(words.fileTooLarge)
    send({ [kind]: await fileFacts(kind, file) })
  }
  return (
    <Sheet title={words.attach} onClose={close}>
      {fileKinds.map(({ kind, icon, accept }) => (
        <label key={kind} className="sheet__row sheet__row--icon">
          <Icon name={icon} />
          <span>{labels[kind]}</span>
          <input
            type="file"
            className="unseen"
            accept={accept}
            onChange={({ target: { files } }) => {
              const [file] = files ?? []
              if (file) void sendFile(kind, file)
            }}
          />
        </label>
      ))}
      <SheetRow icon="pin" label={labels.location} act={() => open('location')} />
      <SheetRow icon="person" label={labels.contact} act={() => open('contact')} />
      <SheetRow icon="poll" label={labels.poll} act={() => open('poll')} />
    </Sheet>
  )
}

function Contacts({ close, send }: SheetProps) {
  const { state } = useView()
  const words = useTexts(phoneTexts)
  return (
    <Sheet title={words.attachments.contact} onClose={close}>
      {state.contacts
        .filter(({ members }) => members === undefined)
        .map(({ id: phone, name }) => (
          <SheetRow
            key={phone}
            icon="person"
            label={name}
            act={() => send({ contacts: [{ name, phone }] })}
          />
        ))}
    </Sheet>
  )
}

function Place({ close, send }: SheetProps) {
  const words = useTexts(phoneTexts)
  return (
    <FormSheet
      title={words.attachments.location}
      close={close}
      submit={(value) => {
        const name = value('name')
        send({
          location: {
            latitude: Number(value('latitude')),
            longitude: Number(value('longitude')),
            ...(name === '' ? {} : { name }),
          },
        })
      }}
    >
      <Field label={words.latitude}>
        <input
          className="field"
          name="latitude"
          type="number"
          step="any"
          min="-90"
          max="90"
          required
        />
      </Field>
      <Field label={words.longitude}>
        <input
          className="field"
          name="longitude"
          type="number"
          step="any"
          min="-180"
          max="180"
          required
        />
      </Field>
      <Field label={words.placeName}>
        <input className="field" name="name" />
      </Field>
    </FormSheet>
  )
}

function Poll({ close, send }: SheetProps) {
  const words = useTexts(phoneTexts)
  return (
    <FormSheet
      title={words.attachments.poll}
      close={close}
      submit={(value) => {
        const lines = value('options').split('\n')
        const options = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))]
        const selectable = value('one') === '' ? 0 : 1
        send({ poll: { question: value('question'), options, selectable } })
      }}
    >
      <Field label={words.question}>
        <input className="field" name="question" maxLength={255} required />
      </Field>
      <Field label={words.pollOptions}>
        <textarea className="field" name="options" rows={4} required />
      </Field>
      <label className="sheet__field sheet__field--line">
        <input type="checkbox" name="one" />
        <span>{words.pollOne}</span>
      </label>
    </FormSheet>
  )
}

interface FieldProps {
  readonly label: string
  readonly children: ReactNode
}

function Field({ label, children }: FieldProps) {
  return (
    <label className="sheet__field">
      <span>{label}</span>
      {children}
    </label>
  )
}

interface FormSheetProps {
  readonly title: string
  readonly close: () => void
  /** Takes what gives a field's text by its name. */
  readonly submit: (value: (name: string) => string) => void
  readonly children: ReactNode
}

function FormSheet({ title, close, submit, children }: FormSheetProps) {
  const words = useTexts(phoneTexts)
  return (
    <Sheet title={title} onClose={close}>
      <form
        className="sheet__form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget)
          submit((name) => formText(data, name))
        }}
      >
        {children}
        <button className="button" type="submit">
          {words.send}
        </button>
      </form>
    </Sheet>
  )
}
