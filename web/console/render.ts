/**
 * Draws what a page describes: `h` makes elements, `morph` makes what is on the
 * screen like them. What is the same stays the same element, so focus, scroll
 * and what somebody is typing outlive a redraw.
 *
 * What an input holds belongs to the person: `value` and `checked` are set when
 * it appears and never after that. Another `key` makes another element.
 */

type Handler = (event: Event) => void
type Value = string | number | boolean | undefined | Handler

/** `onclick: () => …`, `class: 'a'`, `hidden: true`, `key: id`. What is undefined or false is left out. */
export type Props = Readonly<Record<string, Value>>

export type Child = Node | string | number | false | undefined | readonly Child[]

const svgSpace = 'http://www.w3.org/2000/svg'

const handlers = new WeakMap<Element, Map<string, Handler>>()
const keys = new WeakMap<Element, string>()
/** Drawn by somebody else; replaced as a whole when its version changes. */
const opaque = new WeakSet<Element>()
const focusedOnce = new WeakSet<Element>()

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), props, children)
}

export function svg(tag: string, props: Props = {}, ...children: readonly Child[]): SVGElement {
  return fill(document.createElementNS(svgSpace, tag), props, children)
}

/** An element that was not made by `h`. It is replaced when `version` is another. */
export function foreign(node: Element, version: string): Element {
  keys.set(node, version)
  opaque.add(node)
  return node
}

function fill<E extends Element>(made: E, props: Props, children: readonly Child[]): E {
  const own = new Map<string, Handler>()
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue
    if (name === 'key') keys.set(made, String(value))
    else if (typeof value === 'function') own.set(name, value)
    else made.setAttribute(name, value === true ? '' : String(value))
  }
  if (own.size > 0) {
    handlers.set(made, own)
    for (const [name, act] of own) Reflect.set(made, name, act)
  }
  made.append(...nodesOf(children))
  if (made instanceof HTMLSelectElement || made instanceof HTMLTextAreaElement)
    made.value = String(props['value'] ?? made.value)
  return made
}

function nodesOf(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) => {
    if (child === undefined || child === false) return []
    if (typeof child === 'number') return [String(child)]
    if (typeof child === 'string' || child instanceof Node) return [child]
    return nodesOf(child)
  })
}

/** Makes the children of `parent` like these. */
export function show(parent: Element, ...children: readonly Child[]): void {
  const fresh = document.createElement(parent.tagName)
  fresh.append(...nodesOf(children))
  morphChildren(parent, fresh)
  focusNew(parent)
}

function morphChildren(old: Element, fresh: Element): void {
  const left = [...old.childNodes]
  let place: ChildNode | null = old.firstChild
  const wantedNodes = Array.from(fresh.childNodes)
  for (const wanted of wantedNodes) {
    const index = left.findIndex((node) => isSame(node, wanted))
    const [found] = index < 0 ? [] : left.splice(index, 1)
    if (found === undefined) {
      old.insertBefore(wanted, place)
      continue
    }
    if (found === place) place = place.nextSibling
    else old.insertBefore(found, place)
    morph(found, wanted)
  }
  for (const gone of left) gone.remove()
}

function isSame(node: Node, wanted: Node): boolean {
  if (node.nodeName !== wanted.nodeName) return false
  if (!(node instanceof Element) || !(wanted instanceof Element)) return true
  return keys.get(node) === keys.get(wanted) && opaque.has(node) === opaque.has(wanted)
}

function morph(old: Node, fresh: Node): void {
  if (!(old instanceof Element) || !(fresh instanceof Element)) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue
    return
  }
  if (opaque.has(old)) return
  morphAttributes(old, fresh)
  morphHandlers(old, fresh)
  // What stands in a text area is the person's.
  if (!(old instanceof HTMLTextAreaElement)) morphChildren(old, fresh)
}

const ofThePerson = new Set(['value', 'checked', 'open'])

function morphAttributes(old: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes)
    if (!ofThePerson.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  for (const name of old.getAttributeNames())
    if (!ofThePerson.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name)
}

function morphHandlers(old: Element, fresh: Element): void {
  const wanted = handlers.get(fresh) ?? new Map<string, Handler>()
  for (const name of handlers.get(old)?.keys() ?? [])
    if (!wanted.has(name)) Reflect.set(old, name, null)
  for (const [name, act] of wanted) Reflect.set(old, name, act)
  handlers.set(old, wanted)
}

/** An element with `data-focus` gets the focus when it appears. */
function focusNew(parent: Element): void {
  for (const element of parent.querySelectorAll<HTMLElement>('[data-focus]')) {
    if (focusedOnce.has(element)) continue
    focusedOnce.add(element)
    element.focus()
  }
}
