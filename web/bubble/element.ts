/** Builds elements from plain values: text stays text, so nothing that a message says can become markup. */

type Value = string | number | boolean | undefined | ((event: Event) => void)

export type Child = Node | string | undefined

/** `class: 'a'`, `hidden: true`, `onclick: () => …`. What is undefined or false is left out. */
export type Attributes = Readonly<Record<string, Value>>

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value))
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

export interface Keyed<Item> {
  /** The same item again has the same key. */
  readonly key: (item: Item) => string
  /** An element is drawn again when this changes. */
  readonly version: (item: Item) => string
  readonly draw: (item: Item) => HTMLElement
}

const versions = new WeakMap<Element, string>()

/** Makes the parent's children those of the items, in their order, and leaves alone what is as it was. */
export function fillKeyed<Item>(
  parent: HTMLElement,
  items: readonly Item[],
  { key, version, draw }: Keyed<Item>,
): void {
  const there = new Map(
    [...parent.children].map((child) => [child.getAttribute('data-key') ?? '', child]),
  )
  const focused = document.activeElement
  items.forEach((item, index) => {
    const name = key(item)
    let child = there.get(name)
    there.delete(name)
    if (child === undefined || versions.get(child) !== version(item)) {
      const drawn = draw(item)
      drawn.setAttribute('data-key', name)
      versions.set(drawn, version(item))
      if (child !== undefined) {
        const place = focusPlaceOf(child, focused)
        child.replaceWith(drawn)
        if (place !== undefined) focusAt(drawn, place)
      }
      child = drawn
    }
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null)
  })
  for (const gone of there.values()) gone.remove()
}

const focusable = 'a[href], button, input, textarea'

function focusPlaceOf(old: Element, focused: Element | null): number | undefined {
  if (focused === null || !old.contains(focused)) return undefined
  return [old, ...old.querySelectorAll(focusable)].indexOf(focused)
}

/** An element that is drawn again keeps the focus. */
function focusAt(drawn: HTMLElement, place: number): void {
  const target = [drawn, ...drawn.querySelectorAll<HTMLElement>(focusable)][place]
  target?.focus({ preventScroll: true })
}
