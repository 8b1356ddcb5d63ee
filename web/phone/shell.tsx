/** The device with its screens, and the panel beside it or over it. */

import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { useTexts } from '../shared/texts.js'
import { ArchivedScreen } from './archived.js'
import { ChatScreen } from './chat.js'
import { ChatInfoScreen } from './chat-info.js'
import { ChatList } from './chat-list.js'
import { LinkedScreen } from './linked.js'
import { NewChatScreen } from './new-chat.js'
import { NewGroupScreen } from './new-group.js'
import { DeveloperPanel } from './panel.js'
import { useActions, useView } from './phone-context.js'
import type { Route } from './route.js'
import { Banner, StatusBar } from './status-bar.js'
import { StoryScreen } from './story.js'
import { type Notice, Toast } from './toast.js'
import { UnknownPhone } from './unknown-phone.js'
import { UpdatesScreen } from './updates.js'
import { phoneTexts } from './words.js'

interface ShellProps {
  readonly number: string
  readonly isPanelOpen: boolean
  readonly notice: Notice | undefined
}

export function Shell({ number, isPanelOpen, notice }: ShellProps) {
  const words = useTexts(phoneTexts)
  const { state, settings, route } = useView()
  const { openPanel } = useActions()
  const device = useRef<HTMLElement>(null)
  const aside = useRef<HTMLElement>(null)
  const isNarrow = useNarrow()
  usePanelFocus(isPanelOpen, isNarrow, aside)
  useTitleFocus(route, device)
  const press = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && isNarrow) openPanel(false)
  }
  return (
    <div className={isPanelOpen ? 'stage stage--panel' : 'stage'}>
      <main
        ref={device}
        className="device"
        data-client={settings.client}
        inert={isPanelOpen && isNarrow}
      >
        <StatusBar />
        <Banner />
        <div className="device__screens">
          {state.connection === 'unknown-phone' ? (
            <UnknownPhone number={number} />
          ) : (
            <Screens route={route} />
          )}
        </div>
        <Toast notice={notice} />
      </main>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <aside ref={aside} className="panel" aria-label={words.developer} onKeyDown={press}>
        <DeveloperPanel />
      </aside>
    </div>
  )
}

function Screens({ route }: { readonly route: Route }) {
  return (
    <>
      {route.screen === 'chats' && <ChatList />}
      {route.screen === 'chat' && <ChatScreen key={route.chat} chat={route.chat} />}
      {route.screen === 'info' && <ChatInfoScreen key={route.chat} chat={route.chat} />}
      {route.screen === 'archived' && <ArchivedScreen />}
      {route.screen === 'updates' && <UpdatesScreen />}
      {route.screen === 'status' && <StoryScreen key={route.from} from={route.from} />}
      {route.screen === 'new-chat' && <NewChatScreen />}
      {route.screen === 'new-group' && <NewGroupScreen />}
      {route.screen === 'linked' && <LinkedScreen />}
    </>
  )
}

type Place = RefObject<HTMLElement | null>

/** Where the panel lies over the phone, the focus goes there, and back to where it was. */
function usePanelFocus(isOpen: boolean, isOver: boolean, aside: Place): void {
  const opener = useRef<Element>(null)
  useLayoutEffect(() => {
    if (isOpen) opener.current = document.activeElement
    if (isOpen && isOver) aside.current?.querySelector<HTMLElement>('.panel__title')?.focus()
    if (!isOpen && opener.current instanceof HTMLElement) opener.current.focus()
  }, [isOpen, isOver, aside])
}

/** After a change of screen, for keyboards and screen readers. */
function useTitleFocus(route: Route, device: Place): void {
  const shown = useRef(route)
  useEffect(() => {
    if (shown.current === route) return
    shown.current = route
    device.current?.querySelector<HTMLElement>('.bar__title')?.focus({ preventScroll: true })
  }, [route, device])
}

/** As panel.css says: on a small screen the panel lies over the phone. */
const narrow = matchMedia('(width < 1000px)')

function useNarrow(): boolean {
  return useSyncExternalStore(onNarrow, () => narrow.matches)
}

function onNarrow(changed: () => void): () => void {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}
