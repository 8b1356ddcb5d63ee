/** `/phones/{phone}`: one phone and the developer panel beside it. Keeps them up to date, and does what is done on them. */

import { useEffect, useMemo, useState } from 'react'
import { copyText } from '../shared/clipboard.js'
import { useTexts } from '../shared/texts.js'
import { PhoneApi } from './api.js'
import { attempted } from './attempt.js'
import { useNews, useNow, usePhoneState, useReading } from './following.js'
import { type Actions, ActionsProvider, type View, ViewProvider } from './phone-context.js'
import { type PhoneState, unreadOf } from './phone-state.js'
import { hashOf, type Route, useRoute } from './route.js'
import type { SettingsProps } from './settings.js'
import { Shell } from './shell.js'
import { useNotices } from './toast.js'
import { phoneTexts } from './words.js'

interface PhonePageProps extends SettingsProps {
  readonly number: string
}

/** What is open in the developer panel, and at which screen it was chosen. */
interface Panel {
  readonly isOpen: boolean
  readonly inspected?: string
  readonly at?: Route
}

export function PhonePage({ number, settings, choose }: PhonePageProps) {
  const words = useTexts(phoneTexts)
  const api = useMemo(() => new PhoneApi(number), [number])
  const state = usePhoneState(number)
  const route = useRoute()
  const now = useNow()
  const { notice, say } = useNotices()
  const [panel, setPanel] = useState<Panel>({ isOpen: false })
  const news = useNews(state, settings.client)
  useReading(api, state, route)
  useEffect(() => {
    document.title = titleOf(state, number)
  }, [state, number])

  const actions = useMemo<Actions>(
    () => ({
      api,
      go: (next) => location.assign(hashOf(next)),
      choose,
      inspect: (inspected) => setPanel({ isOpen: true, inspected, at: route }),
      openPanel: (isOpen) => setPanel((known) => (isOpen ? { ...known, isOpen } : { isOpen })),
      say,
      copy: (text, done) =>
        void copyText(text).then((isCopied) => say(isCopied ? done : words.copyFailed)),
      attempt: (work) => attempted(work, say),
    }),
    [api, choose, say, words, route],
  )
  // Another screen is another choice.
  const inspected = panel.at === route ? panel.inspected : undefined
  const view = useMemo<View>(
    () => ({ state, settings, route, now, inspected }),
    [state, settings, route, now, inspected],
  )
  return (
    <ActionsProvider value={actions}>
      <ViewProvider value={view}>
        <Shell number={number} isPanelOpen={panel.isOpen} notice={notice} />
        <div className="unseen" role="status" aria-live="polite">
          {news && <span key={news.id}>{news.text}</span>}
        </div>
      </ViewProvider>
    </ActionsProvider>
  )
}

function titleOf({ messages, phone }: PhoneState, number: string): string {
  const unread = unreadOf([...messages.values()]).length
  return `${unread > 0 ? `(${unread}) ` : ''}${phone?.name ?? number} · WhatsApp`
}
