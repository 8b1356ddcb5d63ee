/** A poll that counts. A tap votes; with several choices each tap adds or takes one. */

import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import { type PartProps, useMessage } from './part.js'

export function PollPart({ part: { question, options, selectable } }: PartProps<'poll'>) {
  const { state, self, actions } = useMessage()
  const words = useTexts(messageTexts)
  const mine = new Set(state.votes.find(({ from }) => from === self)?.options)
  const votersOf = (option: string): readonly string[] =>
    state.votes.filter((vote) => vote.options.includes(option)).map(({ from }) => from)
  const most = Math.max(1, ...options.map((option) => votersOf(option).length))
  const choose = (option: string): void => {
    const without = options.filter((each) => mine.has(each) && each !== option)
    if (mine.has(option)) return actions.vote?.(without)
    actions.vote?.(selectable === 1 ? [option] : [...without, option])
  }
  return (
    <>
      <div className="bubble__text bubble__text--title">
        <span>{question}</span>
      </div>
      <p className="bubble__faint poll__hint">
        {selectable === 1 ? words.chooseOne : words.chooseSome}
      </p>
      <ul className="poll">
        {options.map((option) => (
          <Option
            key={option}
            option={option}
            voters={votersOf(option)}
            most={most}
            isMine={mine.has(option)}
            choose={() => choose(option)}
          />
        ))}
      </ul>
    </>
  )
}

interface OptionProps {
  readonly option: string
  readonly voters: readonly string[]
  /** The votes of the option that has most of them. */
  readonly most: number
  readonly isMine: boolean
  readonly choose: () => void
}

function Option({ option, voters, most, isMine, choose }: OptionProps) {
  const { nameOf } = useMessage()
  const words = useTexts(messageTexts)
  return (
    <li>
      <button
        className="poll__option"
        type="button"
        aria-pressed={isMine}
        title={voters.map(nameOf).join(', ')}
        onClick={choose}
      >
        <span className="poll__mark" aria-hidden="true" />
        <span className="poll__name">{option}</span>
        <span className="poll__count">
          {voters.length}
          <span className="unseen"> {words.votes}</span>
        </span>
        <progress className="poll__bar" max={most} value={voters.length} aria-hidden="true" />
      </button>
    </li>
  )
}
