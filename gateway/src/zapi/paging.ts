/** Pages of a list, as Z-API counts them. */

import { Type } from 'typebox'
import type { Page } from '../domain/directory.js'
import { InvalidRequestError } from './error-replies.js'

const largestPage = 1_000
const defaultPage = 100

const number = (description: string) =>
  Type.Optional(Type.String({ maxLength: 10, description, examples: ['1'] }))

interface PageQuery {
  readonly page?: string | undefined
  readonly pageSize?: string | undefined
}

/** Of a list of `things`. */
export const pageQuery = (things: string) => ({
  page: number('The page, from 1.'),
  pageSize: number(`How many ${things} a page has, at most 1,000. 100 if it is not given.`),
})

/** The same for a store. Throws `InvalidRequestError`. */
export function portionIn(query: PageQuery): Page {
  const { from, to } = pageIn(query)
  return { offset: from, limit: to - from }
}

/** The first entry of the page and the one after its last, from 0. Throws `InvalidRequestError`. */
function pageIn(query: PageQuery): { readonly from: number; readonly to: number } {
  const page = pageNumber(query.page) ?? 1
  const size = Math.min(wholeNumber(query.pageSize, 'pageSize') ?? defaultPage, largestPage)
  return { from: (page - 1) * size, to: page * size }
}

/** Page 0 is page 1: programs count from either. `undefined` if it is not given. Throws `InvalidRequestError`. */
export function pageNumber(given: string | undefined): number | undefined {
  return given === '0' ? 1 : wholeNumber(given, 'page')
}

/** `undefined` if it is not given. Throws `InvalidRequestError`. */
export function wholeNumber(given: string | undefined, attribute: string): number | undefined {
  if (given === undefined || given === '') return undefined
  if (/^[1-9]\d{0,8}$/u.test(given)) return Number(given)
  throw new InvalidRequestError(`${attribute} must be a whole number, at least 1`)
}
