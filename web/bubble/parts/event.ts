import type { EventAnswer } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { icon, type IconName } from '../icons.js'
import type { DrawPart, PartContext } from './part.js'
import { webAddress } from './web-address.js'

const answers: readonly EventAnswer[] = ['going', 'maybe', 'not-going']

export const eventPart: DrawPart<'event'> = (part, context) => {
  const { words } = context
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' })
  const times = [part.startsAt, part.endsAt].filter((at) => at !== undefined)
  const call = part.callUrl === undefined ? undefined : webAddress(part.callUrl)
  return [
    element(
      'div',
      { class: `event${part.canceled ? ' event--canceled' : ''}` },
      element('strong', { class: 'event__name' }, part.name),
      part.canceled ? element('span', { class: 'bubble__faint' }, words.canceled) : undefined,
      part.description === undefined ? undefined : element('span', {}, part.description),
      times.length > 0 ? line('clock', times.map((at) => date.format(at)).join(' – ')) : undefined,
      part.place === undefined ? undefined : line('pin', part.place),
      call === undefined
        ? undefined
        : element(
            'a',
            { href: call, target: '_blank', rel: 'noopener noreferrer nofollow' },
            words.joinCall,
          ),
      part.canceled ? undefined : answersOf(context),
    ),
  ]
}

function line(name: IconName, text: string): HTMLElement {
  return element('span', { class: 'event__line' }, icon(name), text)
}

function answersOf({ words, state, self, nameOf, actions }: PartContext): HTMLElement {
  const buttons = answers.map((answer) => {
    const people = state.answers.filter((each) => each.answer === answer).map(({ from }) => from)
    return element(
      'button',
      {
        class: 'event__answer',
        type: 'button',
        'aria-pressed': String(people.includes(self)),
        title: people.map(nameOf).join(', '),
        onclick: () => actions.answer?.(answer),
      },
      people.length > 0 ? `${words.answers[answer]} ${people.length}` : words.answers[answer],
    )
  })
  return element('div', { class: 'event__answers' }, ...buttons)
}
