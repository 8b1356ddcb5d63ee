/** A choice among few: radio buttons that look like one switch. */

import { element } from '../bubble/element.js'

export interface Switch<Choice extends string> {
  readonly element: HTMLElement
  readonly update: (
    legend: string,
    labels: Readonly<Record<Choice, string>>,
    chosen: Choice,
  ) => void
}

export function switchOf<Choice extends string>(
  name: string,
  choices: readonly Choice[],
  choose: (chosen: Choice) => void,
): Switch<Choice> {
  const legend = element('legend', { class: 'switch__legend' })
  const options = choices.map((choice) => {
    const input = element('input', {
      type: 'radio',
      name,
      value: choice,
      class: 'unseen',
      onchange: () => choose(choice),
    })
    const text = element('span')
    return {
      choice,
      input,
      text,
      label: element('label', { class: 'switch__option' }, input, text),
    }
  })
  const row = element('div', { class: 'switch__row' }, ...options.map(({ label }) => label))
  return {
    element: element('fieldset', { class: 'switch' }, legend, row),
    update: (title, labels, chosen) => {
      legend.textContent = title
      for (const { choice, input, text } of options) {
        text.textContent = labels[choice]
        input.checked = choice === chosen
      }
    },
  }
}
