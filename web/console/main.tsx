/** Starts the console: finds out who looks at it, and draws the page that is open. */

import { QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { AppProvider, useApp } from './app.js'
import { LogIn, SetUp } from './door-page.js'
import { ErrorBoundary } from './error-boundary.js'
import { Frame } from './frame.js'
import { InstancePage } from './instance-page.js'
import { Skeleton } from './parts.js'
import { createQueryClient, useVisit, visitKey } from './reading.js'
import { usePath, useRoute } from './route.js'

const FoundPage = lazy(async () => {
  const loaded = await import('./found/page.js')
  return { default: loaded.FoundPage }
})

const HomePage = lazy(async () => {
  const loaded = await import('./home/page.js')
  return { default: loaded.HomePage }
})

const AlertsPage = lazy(async () => {
  const loaded = await import('./alerts/page.js')
  return { default: loaded.AlertsPage }
})

const PoolPage = lazy(async () => {
  const loaded = await import('./pool-page.js')
  return { default: loaded.PoolPage }
})

const PoolsPage = lazy(async () => {
  const loaded = await import('./pools-page.js')
  return { default: loaded.PoolsPage }
})

const RefusedPage = lazy(async () => {
  const loaded = await import('./refused-page.js')
  return { default: loaded.RefusedPage }
})

const AccountPage = lazy(async () => {
  const loaded = await import('./account-page.js')
  return { default: loaded.AccountPage }
})

const TrailPage = lazy(async () => {
  const loaded = await import('./trail-page.js')
  return { default: loaded.TrailPage }
})

const NodesPage = lazy(async () => {
  const loaded = await import('./nodes/page.js')
  return { default: loaded.NodesPage }
})

const PeoplePage = lazy(async () => {
  const loaded = await import('./people/page.js')
  return { default: loaded.PeoplePage }
})

const InvitationPage = lazy(async () => {
  const loaded = await import('./people/invitation-page.js')
  return { default: loaded.InvitationPage }
})

const PasskeyPage = lazy(async () => {
  const loaded = await import('./passkey/page.js')
  return { default: loaded.PasskeyPage }
})

/** A visitor with a one-time link needs no login. */
function Root() {
  const { page } = useRoute()
  if (page !== 'passkey' && page !== 'invitation') return <Console />
  return (
    <Frame isIn={false}>
      <Suspense>{page === 'passkey' ? <PasskeyPage /> : <InvitationPage />}</Suspense>
    </Frame>
  )
}

function Console() {
  const client = useQueryClient()
  const path = usePath()
  const visit = useVisit()
  const state = visit.data?.state
  useEffect(() => {
    // Nothing that was read stays for the next person.
    if (state !== 'in')
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== visitKey[0] })
  }, [client, state])
  return (
    <Frame isIn={state === 'in'}>
      <ErrorBoundary path={path} fallback={<BrokenPage />}>
        <Suspense>
          <Content />
        </Suspense>
      </ErrorBoundary>
    </Frame>
  )
}

function BrokenPage() {
  const { words } = useApp()
  return (
    <main id="content">
      <p className="problem" role="alert">
        {words.brokenPage}
      </p>
    </main>
  )
}

function Content() {
  const { words } = useApp()
  const route = useRoute()
  const { data: visit, failureCount } = useVisit()
  if (visit === undefined)
    return (
      <main id="content">
        {failureCount > 0 && (
          <p className="problem" role="alert">
            {words.noAnswer}
          </p>
        )}
        <Skeleton rows={5} />
      </main>
    )
  if (visit.state === 'set-up') return <SetUp />
  if (visit.administrator === undefined) return <LogIn />
  switch (route.page) {
    case 'account':
      return <AccountPage me={visit.administrator} />
    case 'messages':
      return <FoundPage />
    case 'alerts':
      return <AlertsPage />
    case 'people':
      return <PeoplePage />
    case 'trail':
      return <TrailPage />
    case 'refused':
      return <RefusedPage />
    case 'nodes':
      return <NodesPage />
    case 'pools':
      return <PoolsPage />
    case 'pool':
      return <PoolPage key={route.id} id={route.id} />
    case 'instance':
      return <InstancePage key={route.id} route={route} />
    case 'instances':
    case 'passkey':
    case 'invitation':
      return <HomePage />
  }
}

createRoot(document.querySelector('#page') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <AppProvider>
        <Root />
      </AppProvider>
    </QueryClientProvider>
  </StrictMode>,
)
