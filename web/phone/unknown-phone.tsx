/** What is shown for a number that has no phone, and adding it. */

import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { addPhone } from './api.js'
import { useActions } from './phone-context.js'
import { phoneTexts } from './words.js'

export function UnknownPhone({ number }: { readonly number: string }) {
  const { attempt } = useActions()
  const words = useTexts(phoneTexts)
  const add = async (): Promise<void> => {
    if (await attempt(() => addPhone({ phone: number }))) location.reload()
  }
  return (
    <section className="empty empty--page">
      <Icon name="phone" />
      <h1 className="empty__title">{words.noPhone}</h1>
      <button className="button" type="button" onClick={() => void add()}>
        {words.addIt}
      </button>
    </section>
  )
}
