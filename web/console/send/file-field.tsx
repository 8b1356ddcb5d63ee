/** A file by its address, by base64, or chosen on this computer. */

import { useApp } from '../app.js'
import { labelOf } from './call-words.js'
import { type FieldProps, Labelled } from './labelled.js'

interface FileProps extends FieldProps {
  readonly accept: string
}

export function FileField({ attribute, place, label, value, change, accept }: FileProps) {
  const { words, language } = useApp()
  const name = label ?? labelOf(attribute.name, language)
  const isChosen = value instanceof File
  const choose = (
    <div className="actions">
      <label className="button small file-choice">
        {words.send.chooseFile}
        <input
          type="file"
          className="unseen"
          accept={accept}
          aria-label={words.send.chooseFileFor(name)}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file !== undefined) change(file)
            // The same file can be chosen again.
            target.value = ''
          }}
        />
      </label>
      {isChosen && (
        <button type="button" className="small" onClick={() => change('')}>
          {words.send.dropFile(value.name)}
        </button>
      )}
    </div>
  )
  return (
    <Labelled attribute={attribute} place={place} label={label} beside={choose}>
      {(props) =>
        isChosen ? (
          <input {...props} readOnly value={`${value.name} · ${sizeText(value.size, language)}`} />
        ) : (
          <input
            {...props}
            autoComplete="off"
            inputMode="url"
            placeholder="https://"
            value={typeof value === 'string' ? value : ''}
            onChange={({ target }) => change(target.value)}
          />
        )
      }
    </Labelled>
  )
}

function sizeText(bytes: number, language: string): string {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  const number = size.toLocaleString(language === 'pt' ? 'pt-BR' : 'en-GB', {
    maximumFractionDigits: 1,
  })
  return `${number} ${unit}`
}
