/** Choosing one of few: radio buttons that look like one switch. */

interface ChoicesProps<T extends string> {
  /** Unique on the page. */
  readonly name: string
  readonly legend: string
  /** Whether the legend is seen; it is always read aloud. */
  readonly showsLegend?: boolean
  readonly labels: Readonly<Record<T, string>>
  readonly order: readonly T[]
  readonly chosen: T
  readonly choose: (choice: T) => void
}

export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, legend, showsLegend = false, labels, order, chosen, choose } = props
  return (
    <fieldset className="choices">
      <legend className={showsLegend ? 'choices__legend' : 'unseen'}>{legend}</legend>
      <div className="choices__row">
        {order.map((choice) => (
          <label key={choice} className="choices__option">
            <input
              type="radio"
              name={name}
              className="unseen"
              checked={choice === chosen}
              onChange={() => choose(choice)}
            />
            <span>{labels[choice]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
