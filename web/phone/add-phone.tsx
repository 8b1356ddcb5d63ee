import { type SubmitEvent, useRef } from 'react'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { addPhone } from './api.js'
import { attempted } from './attempt.js'
import { formText } from './form-text.js'
import { phoneTexts } from './words.js'

interface AddPhoneProps {
  /** Says why it could not be added. */
  readonly say: (text: string) => void
}

export function AddPhone({ say }: AddPhoneProps) {
  const words = useTexts(phoneTexts)
  const number = useRef<HTMLInputElement>(null)
  const add = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form)
    const name = formText(data, 'name')
    const phone = {
      phone: formText(data, 'number').replace(/[\s()+-]/g, ''),
      business: data.has('business'),
      ...(name === '' ? {} : { name }),
    }
    if (!(await attempted(() => addPhone(phone), say))) return
    form.reset()
    number.current?.focus()
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    void add(event.currentTarget)
  }
  return (
    <form className="add-phone" onSubmit={submit}>
      <h2 className="page__heading">{words.addPhone}</h2>
      <div className="add-phone__fields">
        <div>
          <label className="field__label" htmlFor="new-number">
            {words.number}
          </label>
          <input
            ref={number}
            className="field"
            id="new-number"
            name="number"
            inputMode="numeric"
            autoComplete="off"
            required
            maxLength={30}
            placeholder={words.numberHint}
          />
        </div>
        <div>
          <label className="field__label" htmlFor="new-name">
            {words.name}
          </label>
          <input className="field" id="new-name" name="name" autoComplete="off" maxLength={100} />
        </div>
      </div>
      <div className="add-phone__foot">
        <label className="check" htmlFor="new-business">
          <input type="checkbox" id="new-business" name="business" />
          <span>{words.business}</span>
        </label>
        <button className="button" type="submit">
          <Icon name="plus" />
          <span>{words.add}</span>
        </button>
      </div>
    </form>
  )
}
