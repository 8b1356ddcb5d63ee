/** What public programs call, and what Recado makes of it, as tables: docs/appendix/programs.md. */

import {
  type Answers,
  type Difference,
  differences,
  documentedCalls,
  isRead,
  otherCalls,
  type Program,
  programs,
} from './programs.js'

const before = `# What programs call

<!-- Made by "npm run programs". A test fails when it is out of date. -->

Which calls public programs that were written for Z-API make, how many of these programs use only calls that work with
Recado, and where they write something else than Z-API documents.

## Method

- **Where from:** 43 searches in a stored index of public repositories, in November 2026. The index is filtered and its age
  varies. Every search gives at most ten files, chosen by the index. Nothing was downloaded but excerpts and single files.
- **What was searched for:** first the address of Z-API and the names of its settings as they stand in several languages
  (*found by address*), then names of calls (*found by call*). The second way finds rare calls on purpose, so its programs use
  more of them than programs do in general. The first way is the better picture of a usual program, and neither is a random sample.
- **What is a program:** one file, or the files of one repository. The index often names no repository, so files were put together by
  their texts; some programs may still be counted twice, and some may have been put together wrongly. Documentation, other gateways
  with the same dialect and code in comments were left out.
- **What was noted:** the calls (method and path), and attributes that Z-API does not document. Of a file that was read whole
  these are all of its calls; of the others only those that stand in the excerpts, so they may make more. No text, name, number or
  token of a program was kept. The data is [programs.json](programs.json).
- **What is judged:** each documented call by its verdict in [Conformance](../conformance.md), which calls the documented example.
  \`POST /send-text\` works except to Meta AI, to which no program was seen to write.
  Everything else was asked of a real gateway that is linked to a simulated phone. Callbacks that programs read are not judged here.
  Nothing was compared with Z-API itself: what it answers to calls that it does not document is not known.
`

const bestFirst = ['works', 'cannot', 'not supported', 'missing']

/** @param conformance the text of docs/conformance.md */
export function programsPage(conformance: string, answers: Answers): string {
  const verdicts = verdictsIn(conformance)
  return [
    before,
    '## Programs\n',
    sharesTable(verdicts, answers),
    '',
    '## Calls\n',
    'Those that Z-API documents, with the number of programs that make them.\n',
    callsTable(verdicts),
    '',
    '## Calls that Z-API does not document\n',
    otherTable(answers),
    '',
    '## Differences\n',
    'Documented calls with something else in them than is documented. *Ignored*: accepted, and the attribute has no effect.\n',
    differencesTable(answers),
    '',
  ].join('\n')
}

/**
 * The verdict of each route. Pages share one where they name several uses of the same call: it works
 * if one of them does.
 */
function verdictsIn(conformance: string): ReadonlyMap<string, string> {
  const verdicts = new Map<string, string>()
  const rows = conformance.matchAll(/^\| [^|]+ \| [^|]+ \| (\w+) ([^|]+) \| ([^|:]+).*\|$/gmu)
  for (const [, method = '', paths = '', verdict = ''] of rows)
    for (const [, path = ''] of paths.matchAll(/`([^`]+)`/gu)) {
      const earlier = verdicts.get(`${method} ${path}`) ?? 'missing'
      verdicts.set(`${method} ${path}`, better(earlier, verdict.trim()))
    }
  return verdicts
}

function better(one: string, other: string): string {
  return bestFirst.indexOf(one) < bestFirst.indexOf(other) ? one : other
}

function sharesTable(verdicts: ReadonlyMap<string, string>, answers: Answers): string {
  const works = (call: string) => verdicts.get(call) === 'works'
  const isRefused = (name: string) => !isSuccess(answers, name)
  const rows: readonly (readonly [string, (program: Program) => boolean])[] = [
    ['Every call that it makes works', ({ calls }) => calls.every(works)],
    [
      'The same, and nothing that it writes differently is refused',
      ({ calls, differences: own = [] }) => calls.every(works) && !own.some(isRefused),
    ],
    ['Every call that it makes and Z-API documents works', (one) => documented(one).every(works)],
    [
      'It makes a call that Z-API does not document',
      (one) => documented(one).length < one.calls.length,
    ],
  ]
  const groups = [
    programs.filter(({ foundBy }) => foundBy === 'address'),
    programs.filter(({ foundBy }) => foundBy === 'call'),
    programs,
  ]
  const count = (filter: (program: Program) => boolean) =>
    groups.map((group) => shareOf(group.filter(filter).length, group.length))
  return table(
    ['', 'Found by address', 'Found by call', 'All'],
    [
      ['Programs', ...groups.map((group) => String(group.length))],
      ['Read whole', ...count(({ read }) => read === 'whole')],
      ...rows.map(([name, filter]) => [name, ...count(filter)]),
      ...languageRows(groups),
    ],
  )
}

function documented({ calls }: Program): readonly string[] {
  return calls.filter((call) => documentedCalls.has(call))
}

function languageRows(groups: readonly (readonly Program[])[]): readonly (readonly string[])[] {
  const languages = [...countsOf(programs.map(({ language }) => language)).keys()]
  return languages.map((name) => [
    name,
    ...groups.map((group) => String(group.filter(({ language }) => language === name).length)),
  ])
}

function callsTable(verdicts: ReadonlyMap<string, string>): string {
  const counts = countsOf(programs.flatMap(({ calls }) => calls))
  return table(
    ['Call', 'Programs', 'Verdict'],
    [...counts]
      .filter(([call]) => documentedCalls.has(call))
      .map(([call, count]) => [`\`${call}\``, String(count), verdicts.get(call) ?? 'missing']),
  )
}

function otherTable(answers: Answers): string {
  const counts = countsOf(programs.flatMap(({ calls }) => calls))
  return table(
    ['Call', 'Programs', 'Recado answers'],
    [...counts]
      .filter(([call]) => otherCalls.includes(call))
      .map(([call, count]) => [`\`${call}\``, String(count), answerText(answers, call)]),
  )
}

function differencesTable(answers: Answers): string {
  const counts = countsOf(programs.flatMap(({ differences: own = [] }) => own))
  const rows = [...counts].flatMap(([name, count]) => {
    const found = differences.find((each) => each.name === name)
    return found === undefined
      ? []
      : [[`\`${found.call}\``, found.what, String(count), outcomeOf(found, answers)]]
  })
  return table(['Call', 'Programs write', 'Programs', 'Recado'], rows)
}

function outcomeOf(difference: Difference, answers: Answers): string {
  if (!isSuccess(answers, difference.name)) return answerText(answers, difference.name)
  if (difference.field === undefined) return 'accepted'
  return isRead(difference) ? 'accepted, and it has the same effect' : 'ignored'
}

function isSuccess(answers: Answers, name: string): boolean {
  const { status = 0 } = answers.get(name) ?? {}
  return status >= 200 && status < 300
}

function answerText(answers: Answers, name: string): string {
  const { status, error } = answers.get(name) ?? {}
  return [String(status), error].filter((part) => part !== undefined).join(': ')
}

function shareOf(count: number, all: number): string {
  return `${count} (${((count * 100) / all).toFixed(1)} %)`
}

/** The most frequent first, then by name. */
function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].toSorted(([a, more], [b, less]) => less - more || (a < b ? -1 : 1)))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`)
  const rule = head.map((name) => (name === '' || !isCount(name) ? '---' : '---:'))
  return [`| ${head.join(' | ')} |`, `|${rule.join('|')}|`, ...lines].join('\n')
}

function isCount(name: string): boolean {
  return ['Programs', 'Found by address', 'Found by call', 'All'].includes(name)
}
