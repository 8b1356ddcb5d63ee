/**
 * What pages read and do, over TanStack Query. A reading is kept by its path, so
 * what stands below a path is read again together; until it is there, the page
 * shows what it had.
 */

import {
  MutationCache,
  QueryCache,
  QueryClient,
  skipToken,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { VisitAnswer } from '../../gateway/src/console/account-answers.js'
import { ask, type Method, Refusal } from './api.js'
import { type App, useApp } from './app.js'
import { causeText } from './cause-text.js'

/** The person at the console. Everything else belongs to that login. */
export const visitKey = ['visit'] as const

export function createQueryClient(): QueryClient {
  const onError = (error: Error): void => {
    if (!(error instanceof Refusal)) reportError(error)
    else if (error.status === 401) void client.invalidateQueries({ queryKey: visitKey })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // The gateway may stand on this machine: being offline says nothing.
      queries: { retry: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}

export function keyOf(path: string): readonly string[] {
  return path.split(/[/?]/u)
}

/** What is there, and why the newest is not. */
export interface Reading<Answer> {
  readonly data: Answer | undefined
  readonly refusal: Error | undefined
  /** Read since the page is shown; before, it is what was kept from the last time. */
  readonly isRead: boolean
}

export interface Pages<Answer> {
  readonly pages: readonly Answer[] | undefined
  readonly refusal: Error | undefined
  /** Missing at the end of the list. */
  readonly more: (() => void) | undefined
  readonly isReadingMore: boolean
  /** As of a `Reading`. */
  readonly isRead: boolean
}

export interface ReadingOptions {
  readonly method?: Method
  /** Read it again so often, while the page is visible. */
  readonly everyMs: number
}

export function useReading<Answer>(
  path: string,
  { method = 'GET', everyMs }: ReadingOptions,
): Reading<Answer> {
  const { data, error, isFetchedAfterMount } = useQuery({
    queryKey: keyOf(path),
    queryFn: () => ask<Answer>(method, path),
    refetchInterval: everyMs,
  })
  return { data, refusal: error ?? undefined, isRead: isFetchedAfterMount }
}

/** A list that goes on behind `next`. */
export function usePages<Answer extends { readonly next?: number | null }>(
  path: string,
  { everyMs }: ReadingOptions,
): Pages<Answer> {
  const query = useInfiniteQuery({
    queryKey: keyOf(path),
    queryFn: ({ pageParam }) => ask<Answer>('GET', path + placeText(path, pageParam)),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    refetchInterval: everyMs,
  })
  return {
    pages: query.data?.pages,
    refusal: query.error ?? undefined,
    isReadingMore: query.isFetchingNextPage,
    isRead: query.isFetchedAfterMount,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  }
}

/** 0 is the beginning. Calls of programs take the place as `after`. */
function placeText(path: string, before: number): string {
  if (before === 0) return ''
  const name = path.startsWith('call/') ? 'after' : 'before'
  return `${path.includes('?') ? '&' : '?'}${name}=${before}`
}

export function useVisit() {
  return useQuery({
    queryKey: visitKey,
    queryFn: () => ask<VisitAnswer>('GET', 'visit'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: true,
    retryDelay: 3_000,
  })
}

/** Gives what has everything below these paths read again. */
export function useReadAgain(): (...paths: readonly string[]) => Promise<void> {
  const client = useQueryClient()
  return async (...paths) => {
    await Promise.all(paths.map((path) => client.invalidateQueries({ queryKey: keyOf(path) })))
  }
}

/** What a button does. What goes wrong is said at the bottom of the screen. */
export function useAct<Input = void>(act: (input: Input) => Promise<void>) {
  const app = useApp()
  return useMutation({ mutationFn: act, onError: (error) => app.say(refusalText(app, error)) })
}

/** As `useState`, but it survives leaving the page; it ends with the login. */
export function useKept<T extends object>(
  name: string,
  first: () => T,
): readonly [T, (change: Partial<T>) => void] {
  const client = useQueryClient()
  const queryKey = ['kept', name]
  const { data } = useQuery<T>({
    queryKey,
    queryFn: skipToken,
    initialData: first,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const held = data ?? first()
  const change = (parts: Partial<T>): void => {
    client.setQueryData<T>(queryKey, (now = held) => ({ ...now, ...parts }))
  }
  return [held, change]
}

export function refusalText(app: Pick<App, 'words' | 'language'>, error: Error): string {
  const { words, language } = app
  if (!(error instanceof Refusal)) return words.failed
  if (error.status === 0) return words.noAnswer
  if (error.explanation !== undefined)
    return `${error.explanation.cause[language]} ${error.explanation.cure[language]}`
  return error.message === '' ? words.failed : causeText(app, error.message)
}
