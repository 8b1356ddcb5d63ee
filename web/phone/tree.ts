/** A value or a stanza as a tree whose branches open and close. */

import type { StanzaView } from '../../simulator/src/control-answers.js'
import { element } from '../bubble/element.js'

/** How many levels are open at first. */
const OPEN_LEVELS = 3

export function treeOfValue(value: unknown, name = '', level = 0): HTMLElement {
  const label = name === '' ? [] : [element('span', { class: 'tree__name' }, name)]
  if (typeof value !== 'object' || value === null) {
    return element('div', { class: 'tree__leaf' }, ...label, leafOf(value))
  }
  const entries = Object.entries(value)
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  const children = entries.map(([key, each]) => treeOfValue(each, key, level + 1))
  return branch([...label, element('span', { class: 'tree__size' }, size)], children, level)
}

export function treeOfStanza(
  { tag, attrs, children = [], text }: StanzaView,
  level = 0,
): HTMLElement {
  const attributes = Object.entries(attrs).flatMap(([name, value]) => [
    ' ',
    element('span', { class: 'tree__name tree__name--attribute' }, `${name}=`),
    element('span', { class: 'tree__value' }, `"${value}"`),
  ])
  const head = [
    element('span', { class: 'tree__tag' }, `<${tag}`),
    ...attributes,
    element('span', { class: 'tree__tag' }, '>'),
  ]
  const inside =
    text === undefined ? [] : [element('div', { class: 'tree__leaf tree__leaf--bytes' }, text)]
  const below = [...children.map((child) => treeOfStanza(child, level + 1)), ...inside]
  return below.length === 0
    ? element('div', { class: 'tree__leaf' }, ...head)
    : branch(head, below, level)
}

function branch(
  head: readonly (Node | string)[],
  below: readonly HTMLElement[],
  level: number,
): HTMLElement {
  return element(
    'details',
    { class: 'tree__branch', open: level < OPEN_LEVELS },
    element('summary', {}, ...head),
    element('div', { class: 'tree__below' }, ...below),
  )
}

function leafOf(value: unknown): HTMLElement {
  const text = typeof value === 'string' ? `"${value}"` : String(value)
  return element('span', { class: `tree__value tree__value--${typeof value}` }, text)
}
