/** One choice among the filters over a list. */

interface FilterSelectProps {
  readonly name: string
  readonly label: string
  readonly value: string
  /** What stands for no choice; without it one of the options is always chosen. */
  readonly any?: string
  readonly options: readonly (readonly [value: string, label: string])[]
  /** The value, or '' for no choice. */
  readonly onChange: (value: string) => void
}

export function FilterSelect({ name, label, value, any, options, onChange }: FilterSelectProps) {
  return (
    <label className="found-filter">
      <span>{label}</span>
      <select name={name} value={value} onChange={({ target }) => onChange(target.value)}>
        {any !== undefined && <option value="">{any}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
