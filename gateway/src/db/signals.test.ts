import { expect, test } from 'vitest'
import { Signals, topics } from './signals.js'

test('the version of what never changed stays the same', () => {
  const signals = new Signals()
  expect(signals.versionOf('instance', 'A')).toBe(0)
  expect(signals.versionOf('instance', 'A')).toBe(0)
})

test('there is no version while a change is open, and a new one after each', () => {
  const signals = new Signals()
  const version = () => signals.versionOf('instance', 'A')
  const first = signals.begin('instance', 'A')
  const second = signals.begin('instance', 'A')
  expect(version()).toBeUndefined()
  first()
  first()
  expect(version()).toBeUndefined()
  second()
  expect(version()).toBe(2)
  second()
  expect(version()).toBe(2)
  signals.begin('instance', 'A')()
  expect(version()).toBe(3)
})

test('each topic and each instance has its own', () => {
  const signals = new Signals()
  for (const topic of topics) {
    signals.begin(topic, 'A')
    const others = topics.filter((each) => each !== topic)
    expect(signals.versionOf(topic, 'A')).toBeUndefined()
    expect(signals.versionOf(topic, 'B')).toBe(0)
    expect(others.map((each) => new Signals().versionOf(each, 'A'))).toEqual(others.map(() => 0))
  }
  const one = new Signals()
  one.begin('instance', 'A')()
  const changed = topics.filter((topic) => one.versionOf(topic, 'A') !== 0)
  expect(changed).toEqual(['instance'])
  expect(one.versionOf('instance', 'A')).toBe(1)
})

test('other nodes are told of each change, and the node of an instance of its work', () => {
  const signals = new Signals()
  expect(() => signals.tellOwner('queue', 'A')).not.toThrow()
  const told: unknown[] = []
  signals.carryWith((...what) => told.push(what))
  const end = signals.begin('instance', 'A')
  expect(told).toEqual([])
  end()
  signals.changed('instance', 'B')
  signals.tellOwner('queue', 'C')
  expect(told).toEqual([
    ['instance', 'A'],
    ['queue', 'C'],
  ])
})

test('nothing counts as unchanged while other nodes are not heard, nor after that', () => {
  const signals = new Signals()
  const version = () => signals.versionOf('instance', 'A')
  const seen = [version()]
  for (let time = 0; time < 2; time += 1) {
    signals.deaf()
    expect(version()).toBeUndefined()
    signals.hears()
    seen.push(version())
  }
  signals.changed('instance', 'A')
  seen.push(version())
  expect(new Set(seen).size).toBe(4)
  expect(seen).toEqual(seen.toSorted((one = 0, other = 0) => one - other))
})

test('news go to the other nodes alone, and those of other nodes to who wants to hear them', () => {
  const signals = new Signals()
  expect(() => signals.tellNews('login-ended', 'A')).not.toThrow()
  const told: unknown[] = []
  signals.carryWith((...what) => told.push(what))
  const heard: unknown[] = []
  const stop = signals.onNews((...what) => heard.push(what))
  signals.tellNews('login-ended', 'B')
  expect(told).toEqual([['login-ended', 'B']])
  expect(heard).toEqual([])
  signals.heard('page-open', 'C')
  expect(heard).toEqual([['page-open', 'C']])
  stop()
  signals.heard('page-open', 'D')
  expect(heard).toHaveLength(1)
})
