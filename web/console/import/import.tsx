/** Brings a number that another gateway has linked: choose its files, look at what they hold, take it over. */

import { type SubmitEvent, useState } from 'react'
import type { ImportAnswer } from '../../../gateway/src/console/import-answers.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { refusalText, useKept, useReadAgain } from '../reading.js'
import { bodyOf, filesIn, problemOf } from './files.js'
import { Found } from './found.js'

/** Kept beside the page: while the number connects, the page shows that and not this. */
interface Held {
  readonly files: readonly File[]
  readonly answer?: ImportAnswer | undefined
  readonly device?: string | undefined
  readonly problem?: string | undefined
  readonly isBusy: boolean
}

const nothing: Held = { files: [], isBusy: false }

function useImport(id: string) {
  const app = useApp()
  const readAgain = useReadAgain()
  const [held, change] = useKept<Held>(`import ${id}`, () => nothing)
  const send = async (apply: boolean, device = held.device): Promise<void> => {
    const { files } = held
    const why = problemOf(files)
    if (why !== undefined) return change({ problem: app.words.import[why] })
    change({ isBusy: true, problem: undefined, device })
    const search = new URLSearchParams({ apply: String(apply) })
    if (device !== undefined) search.set('device', device)
    try {
      const path = `instances/${id}/import?${search.toString()}`
      const answer = await ask<ImportAnswer>('POST', path, await bodyOf(files))
      if (!apply) return change({ answer, isBusy: false })
      change({ ...nothing, answer: undefined, device: undefined })
      const { connected, notYet } = app.words.import
      app.say(answer.connected === true ? connected : notYet)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      change({ isBusy: false, answer: undefined, problem: refusalText(app, error) })
    }
    await readAgain('instances')
  }
  return { held, change, send }
}

export function ImportNumber({ id }: { readonly id: string }) {
  const words = useApp().words.import
  const { held, change, send } = useImport(id)
  const { files, answer, problem, isBusy } = held
  const [isOpen, setOpen] = useState(files.length > 0 || problem !== undefined)
  return (
    <details
      className="import"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      <p className="import__stop">{words.stop}</p>
      {files.length === 0 ? (
        <Choice choose={(chosen) => change({ ...nothing, files: chosen, problem: undefined })} />
      ) : (
        <div className="actions">
          <span role="status">{words.chosen(files.length)}</span>
          <button
            type="button"
            className="small"
            disabled={isBusy}
            onClick={() => change({ ...nothing, answer: undefined, problem: undefined })}
          >
            {words.clear}
          </button>
        </div>
      )}
      <p className="problem" role="alert" hidden={problem === undefined}>
        {problem}
      </p>
      {files.length > 0 && answer === undefined && (
        <>
          <Picker
            label={words.files}
            isFolder={false}
            choose={(more) => change({ files: [...files, ...more] })}
          />
          <div className="actions">
            <button
              type="button"
              className="filled"
              disabled={isBusy}
              onClick={() => void send(false, undefined)}
            >
              {words.look}
            </button>
          </div>
        </>
      )}
      {answer?.devices !== undefined && (
        <Devices devices={answer.devices} isBusy={isBusy} choose={(jid) => void send(false, jid)} />
      )}
      {answer?.findings !== undefined && (
        <>
          <Found findings={answer.findings} />
          <Confirm isBusy={isBusy} apply={() => void send(true)} />
        </>
      )}
    </details>
  )
}

function Choice({ choose }: { readonly choose: (files: readonly File[]) => void }) {
  const words = useApp().words.import
  return (
    <>
      <ul className="import__what hint">
        {words.what.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="hint">{words.guide}</p>
      <Picker label={words.folder} isFolder choose={choose} />
      <Picker label={words.files} isFolder={false} choose={choose} />
    </>
  )
}

interface PickerProps {
  readonly label: string
  readonly isFolder: boolean
  readonly choose: (files: readonly File[]) => void
}

function Picker({ label, isFolder, choose }: PickerProps) {
  return (
    <label className="field import__picker">
      <span>{label}</span>
      <input
        type="file"
        multiple
        // React does not know the attribute in every version of its types.
        ref={(input) => void input?.toggleAttribute('webkitdirectory', isFolder)}
        onChange={({ currentTarget: { files } }) => {
          if (files !== null && files.length > 0) choose(filesIn(files, isFolder))
        }}
      />
    </label>
  )
}

interface DevicesProps {
  readonly devices: NonNullable<ImportAnswer['devices']>
  readonly isBusy: boolean
  readonly choose: (jid: string) => void
}

function Devices({ devices, isBusy, choose }: DevicesProps) {
  const words = useApp().words.import
  return (
    <>
      <p>{words.several}</p>
      <ul className="import__devices">
        {devices.map(({ jid, name }) => (
          <li key={jid}>
            <button type="button" disabled={isBusy} onClick={() => choose(jid)}>
              {[`+${jid.replace(/[.:@].*$/u, '')}`, name].filter(Boolean).join(' · ')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Confirm({ isBusy, apply }: { readonly isBusy: boolean; readonly apply: () => void }) {
  const words = useApp().words.import
  const [isMissing, setMissing] = useState(false)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const isStopped = new FormData(event.currentTarget).has('stopped')
    setMissing(!isStopped)
    if (isStopped && !isBusy) apply()
  }
  return (
    <form onSubmit={submit}>
      <label className="tick">
        <input type="checkbox" name="stopped" />
        <span>{words.stopped}</span>
      </label>
      <p className="problem" role="alert" hidden={!isMissing}>
        {words.notStopped}
      </p>
      <div className="actions">
        <button type="submit" className="filled" aria-disabled={isBusy || undefined}>
          {words.apply}
        </button>
      </div>
      <p role="status" className="hint" hidden={!isBusy}>
        {words.applying}
      </p>
    </form>
  )
}
