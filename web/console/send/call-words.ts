/** The words of calls in the language of the person. */

import type { CallAnswer } from '../../../gateway/src/console/call-answers.js'
import type { Language } from '../../shared/texts.js'
import { descriptionsPt } from './descriptions-pt.js'
import { type KindGroup, kindGroups } from './kinds.js'
import { choiceLabels, itemLabels, labels } from './labels.js'
import { summariesPt, tagTitles } from './summaries-pt.js'

type Bilingual = readonly [en: string, pt: string]

function inLanguage([en, pt]: Bilingual, language: Language): string {
  return language === 'pt' ? pt : en
}

/** `pinMessageDuration` without a label of its own is "Pin message duration". */
function spelledOut(name: string): string {
  const words = name.replaceAll(/([A-Z])/gu, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function labelOf(name: string, language: Language): string {
  const known = labels[name]
  return known === undefined ? spelledOut(name) : inLanguage(known, language)
}

/** Of one item of the list of this name, counted from 1. */
export function itemLabelOf(list: string, number: number, language: Language): string {
  const known = itemLabels[list]
  const label = known === undefined ? labelOf(list, language) : inLanguage(known, language)
  return `${label} ${number}`
}

export function choiceLabelOf(choice: string, language: Language): string {
  const known = choiceLabels[choice]
  return known === undefined ? choice : inLanguage(known, language)
}

/** "The text." says no more than its label. */
const saysNoMore = /^(?:(?:The|Its) \w+\.)?$/u

/** What the API says of something, without what is for programs. */
export function hintOf(description: string | undefined, language: Language): string | undefined {
  if (description === undefined || saysNoMore.test(description)) return undefined
  const translated =
    language === 'pt' ? (descriptionsPt[description] ?? summariesPt[description]) : undefined
  return translated ?? description.replaceAll(/\*\*Ours\.?\*\*,? |^Required\. |^With \w+: |`/gu, '')
}

export interface CallGroup {
  readonly title: string
  readonly calls: readonly { readonly call: CallAnswer; readonly name: string }[]
}

const shownAsMessages: ReadonlySet<string> = new Set(['message', 'otp'])

/** The calls that send and what belongs to them, in groups. */
export function messageGroups(
  calls: readonly CallAnswer[],
  language: Language,
  others: string,
): readonly CallGroup[] {
  const groups = kindGroups.map(({ title, names }: KindGroup) => ({
    title: inLanguage(title, language),
    calls: Object.entries(names).flatMap(([path, name]) => {
      const call = calls.find((each) => each.path === path)
      return call === undefined ? [] : [{ call, name: inLanguage(name, language) }]
    }),
  }))
  const named = new Set(kindGroups.flatMap(({ names }) => Object.keys(names)))
  const rest = calls.filter(({ tag, path }) => shownAsMessages.has(tag) && !named.has(path))
  return [
    ...groups,
    { title: others, calls: rest.map((call) => summarised(call, language)) },
  ].filter(({ calls: inside }) => inside.length > 0)
}

/** All other calls of the instance, by their tag. */
export function otherGroups(
  calls: readonly CallAnswer[],
  language: Language,
): readonly CallGroup[] {
  const named = new Set(kindGroups.flatMap(({ names }) => Object.keys(names)))
  const others = calls.filter(({ tag, path }) => !shownAsMessages.has(tag) && !named.has(path))
  return [...new Set(others.map(({ tag }) => tag))].map((tag) => ({
    title: inLanguage(tagTitles[tag] ?? [tag, tag], language),
    calls: others.filter((call) => call.tag === tag).map((call) => summarised(call, language)),
  }))
}

function summarised(call: CallAnswer, language: Language) {
  return { call, name: hintOf(call.summary, language) ?? call.path }
}
