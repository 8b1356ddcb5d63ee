import { expect, test } from 'vitest'
import { Sqlite } from './sqlite-library.js'
import { keepingStatements } from './statement-cache.js'

function opened() {
  const file = new Sqlite(':memory:')
  const compiled: string[] = []
  const counting = {
    close: () => file.close(),
    prepare: (text: string) => {
      compiled.push(text)
      return file.prepare(text)
    },
  }
  file.exec('create table t (a); insert into t values (1)')
  return { file, compiled, kept: keepingStatements(counting) }
}

test('a question is compiled once, however often and with whatever it is asked', () => {
  const { compiled, kept } = opened()
  for (const a of [1, 2, 1]) {
    const rows = kept.prepare('select a from t where a = ?').all([a])
    expect(rows).toEqual(a === 1 ? [{ a: 1 }] : [])
  }
  expect(compiled).toHaveLength(1)
})

test('tables that changed show in a question that was asked before', () => {
  const { file, kept } = opened()
  expect(kept.prepare('select * from t').all([])).toEqual([{ a: 1 }])
  file.exec("alter table t add column b default 'x'")
  expect(kept.prepare('select * from t').all([])).toEqual([{ a: 1, b: 'x' }])
})

test('what was not asked for long is forgotten', () => {
  const { compiled, kept } = opened()
  for (let count = 1; count <= 250; count += 1) {
    kept.prepare(`select ${count}`)
    kept.prepare('select a from t')
  }
  expect(compiled.filter((text) => text === 'select a from t')).toHaveLength(1)
  kept.prepare('select 1')
  expect(compiled.filter((text) => text === 'select 1')).toHaveLength(2)
})

test('two hundred questions are kept, and no more', () => {
  const { compiled, kept } = opened()
  for (let count = 1; count <= 200; count += 1) kept.prepare(`select ${count}`)
  kept.prepare('select 1')
  expect(compiled).toHaveLength(200)
  kept.prepare('select 201')
  kept.prepare('select 2')
  expect(compiled).toHaveLength(202)
})
