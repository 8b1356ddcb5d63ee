import type { Button } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { Icon, type IconName } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { away } from './away.js'
import { type PartProps, useMessage } from './part.js'
import { webAddress } from './web-address.js'

export function ButtonsPart({ part }: PartProps<'buttons'>) {
  return part.buttons.map((button, index) => <OneButton key={index} button={button} />)
}

const icons: Readonly<Record<Button['kind'], IconName>> = {
  copy: 'copy',
  url: 'link',
  call: 'call',
  reply: 'reply',
  other: 'inspect',
}

function OneButton({ button }: { readonly button: Button }) {
  const { actions } = useMessage()
  const words = useTexts(messageTexts)
  const inside = (
    <>
      <Icon name={icons[button.kind]} />
      <span>{labelOf(button, words.copyCode)}</span>
    </>
  )
  if (button.kind === 'url' || button.kind === 'call') {
    const href =
      button.kind === 'url'
        ? webAddress(button.url)
        : `tel:${button.phone.replace(/[^+0-9]/gu, '')}`
    return (
      <a className="bubble__button" href={href} {...away}>
        {inside}
      </a>
    )
  }
  const tap = (): void => {
    if (button.kind === 'copy') actions.copy(button.code)
    if (button.kind === 'reply') actions.tap?.(button.id)
  }
  return (
    <button className="bubble__button" type="button" onClick={tap}>
      {inside}
    </button>
  )
}

function labelOf(button: Button, copyCode: string): string {
  if (button.text !== '') return button.text
  return button.kind === 'copy' ? copyCode : button.kind === 'other' ? button.name : ''
}
