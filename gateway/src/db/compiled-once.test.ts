import { afterEach, expect, it, vi } from 'vitest'
import { Sqlite } from './sqlite-library.js'

afterEach(() => vi.unstubAllGlobals())

it('compiles no statement again when it runs with other values', () => {
  const made = vi.fn<FunctionConstructor>(Function)
  // Edition 13 makes a function for the rows of a statement whenever SQLite has compiled it.
  vi.stubGlobal('Function', made)
  const file = new Sqlite(':memory:')
  file.exec('create table message (sequence integer primary key, chat text)')
  file.exec('create index message_of_chat on message (chat, sequence)')
  file.exec("insert into message (chat) values ('one'), ('other')")
  const last = file.prepare(
    'select sequence from message where chat = ? order by sequence desc limit 1',
  )
  expect(last.all(['one'])).toEqual([{ sequence: 1 }])
  made.mockClear()
  expect(last.all(['other'])).toEqual([{ sequence: 2 }])
  expect(last.all(['one'])).toEqual([{ sequence: 1 }])
  expect(made).not.toHaveBeenCalled()
})
