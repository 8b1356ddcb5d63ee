/** One instance: its name and state, and a tab for each thing to do with it. */

import type { InstanceAnswer } from '../../gateway/src/console/answers.js'
import type { App } from './app.js'
import { drawCallbacks } from './callbacks-tab.js'
import { drawHealth } from './health-tab.js'
import { drawMessages } from './messages-tab.js'
import { phoneText } from './moments.js'
import { drawOverview } from './overview-tab.js'
import { link, problem, skeleton, statePill } from './parts.js'
import { drawQueue } from './queue-tab.js'
import { type Child, h } from './render.js'
import { type Route, type Tab, tabs } from './route.js'
import { drawSend } from './send-tab.js'
import { drawSettings } from './settings-tab.js'

type InstanceRoute = Extract<Route, { page: 'instance' }>

const drawTab: Readonly<
  Record<Tab, (app: App, instance: InstanceAnswer, item: string | undefined) => Child>
> = {
  overview: drawOverview,
  send: drawSend,
  messages: drawMessages,
  queue: drawQueue,
  callbacks: drawCallbacks,
  settings: drawSettings,
  health: drawHealth,
}

export function drawInstance(app: App, route: InstanceRoute): HTMLElement {
  const { data, refusal } = app.queries.read<InstanceAnswer>(`instances/${route.id}`, {
    everyMs: 30_000,
  })
  if (data === undefined)
    return h(
      'main',
      { id: 'content' },
      refusal === undefined
        ? skeleton(6)
        : refusal.status === 404
          ? h('p', { class: 'empty' }, app.words.unknownInstance)
          : problem(app, refusal),
    )
  return h(
    'main',
    { id: 'content', key: route.id },
    h(
      'div',
      { class: 'title-row' },
      h(
        'div',
        {},
        h('h1', { tabindex: -1 }, data.name),
        h(
          'p',
          { class: 'lead number' },
          data.phone === undefined ? app.words.instances.unpaired : phoneText(data.phone),
        ),
      ),
      statePill(app, data.state),
    ),
    drawTabs(app, route, data),
    problem(app, refusal),
    h('div', { class: 'tab', key: route.tab }, drawTab[route.tab](app, data, route.item)),
  )
}

function drawTabs(app: App, { id, tab }: InstanceRoute, { waiting }: InstanceAnswer): HTMLElement {
  return h(
    'nav',
    { class: 'tabs', 'aria-label': app.words.nav.instances },
    tabs.map((each) =>
      link(
        app,
        { page: 'instance', id, tab: each, item: undefined },
        { 'aria-current': each === tab ? 'page' : undefined },
        app.words.tabs[each],
        each === 'queue' && waiting > 0 && h('span', { class: 'count' }, waiting),
      ),
    ),
  )
}
