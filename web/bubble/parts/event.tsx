import type { EventAnswer } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { Icon, type IconName } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { away } from './away.js'
import { type PartProps, useMessage } from './part.js'
import { webAddress } from './web-address.js'

const answers: readonly EventAnswer[] = ['going', 'maybe', 'not-going']

export function EventPart({ part }: PartProps<'event'>) {
  const words = useTexts(messageTexts)
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' })
  const times = [part.startsAt, part.endsAt].filter((at) => at !== undefined)
  const call = part.callUrl === undefined ? undefined : webAddress(part.callUrl)
  return (
    <div className={`event${part.canceled ? ' event--canceled' : ''}`}>
      <strong className="event__name">{part.name}</strong>
      {part.canceled && <span className="bubble__faint">{words.canceled}</span>}
      {part.description !== undefined && <span>{part.description}</span>}
      {times.length > 0 && (
        <Line icon="clock" text={times.map((at) => date.format(at)).join(' – ')} />
      )}
      {part.place !== undefined && <Line icon="pin" text={part.place} />}
      {call !== undefined && (
        <a href={call} {...away}>
          {words.joinCall}
        </a>
      )}
      {!part.canceled && <Answers />}
    </div>
  )
}

function Line({ icon, text }: { readonly icon: IconName; readonly text: string }) {
  return (
    <span className="event__line">
      <Icon name={icon} />
      {text}
    </span>
  )
}

function Answers() {
  const words = useTexts(messageTexts)
  const { state, self, nameOf, actions } = useMessage()
  return (
    <div className="event__answers">
      {answers.map((answer) => {
        const given = state.answers.filter((each) => each.answer === answer)
        const people = given.map(({ from }) => from)
        const label = words.answers[answer]
        return (
          <button
            key={answer}
            className="event__answer"
            type="button"
            aria-pressed={people.includes(self)}
            title={people.map(nameOf).join(', ')}
            onClick={() => actions.answer?.(answer)}
          >
            {people.length > 0 ? `${label} ${people.length}` : label}
          </button>
        )
      })}
    </div>
  )
}
