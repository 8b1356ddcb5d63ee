import type { Button } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { icon, type IconName } from '../icons.js'
import type { DrawPart, PartContext } from './part.js'
import { webAddress } from './web-address.js'

export const buttonsPart: DrawPart<'buttons'> = ({ buttons }, context) =>
  buttons.map((button) => buttonOf(button, context))

const icons: Readonly<Record<Button['kind'], IconName>> = {
  copy: 'copy',
  url: 'link',
  call: 'call',
  reply: 'reply',
  other: 'inspect',
}

function buttonOf(button: Button, { actions, words }: PartContext): HTMLElement {
  const inside = [icon(icons[button.kind]), element('span', {}, labelOf(button, words.copyCode))]
  if (button.kind === 'url' || button.kind === 'call') {
    const href =
      button.kind === 'url'
        ? webAddress(button.url)
        : `tel:${button.phone.replace(/[^+0-9]/gu, '')}`
    const away = { target: '_blank', rel: 'noopener noreferrer nofollow' }
    return element('a', { class: 'bubble__button', href, ...away }, ...inside)
  }
  const onclick = (): void => {
    if (button.kind === 'copy') actions.copy(button.code)
    if (button.kind === 'reply') actions.tap?.(button.id)
  }
  return element('button', { class: 'bubble__button', type: 'button', onclick }, ...inside)
}

function labelOf(button: Button, copyCode: string): string {
  if (button.text !== '') return button.text
  return button.kind === 'copy' ? copyCode : button.kind === 'other' ? button.name : ''
}
