import type { ComponentPropsWithRef, ReactNode } from 'react'
import { useId } from 'react'
import { cx } from './cx.ts'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'

export interface FieldText {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and what would be right. */
  readonly error?: string | undefined
  /** The label is read out but not shown, where the place of the field says it. */
  readonly hideLabel?: boolean
}

/** What an input needs to be tied to its label, hint and error. */
interface Tied {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

function Field({ label, hint, error, hideLabel, children }: FieldText & { readonly children: (tied: Tied) => ReactNode }) {
  const id = useId()
  const described = cx(hint && `${id}-hint`, error && `${id}-error`)
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visuallyHidden' : styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          <Icon name="stop" size={14} />
          {error}
        </span>
      )}
    </div>
  )
}

type Input = Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value' | 'id'>
export interface TextFieldProps extends FieldText, Input {
  readonly value: string
  readonly onValue: (value: string) => void
}

/** A line of text; with `type` also a password, a number, a date. */
export function TextField({ label, hint, error, hideLabel, value, onValue, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel && { hideLabel })}>
      {(tied) => (
        <input
          type="text"
          {...rest}
          {...tied}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(styles.input, className)}
        />
      )}
    </Field>
  )
}

/** Some lines of text. */
export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  value,
  onValue,
  className,
  ...rest
}: FieldText &
  Omit<ComponentPropsWithRef<'textarea'>, 'onChange' | 'value' | 'id'> & {
    readonly value: string
    readonly onValue: (value: string) => void
  }) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel && { hideLabel })}>
      {(tied) => (
        <textarea
          rows={3}
          {...rest}
          {...tied}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(styles.input, styles.area, className)}
        />
      )}
    </Field>
  )
}

/** Finds in a list as one types. Its label is read out; the placeholder says the same to the eye. */
export function FindField({ label, ...rest }: Omit<TextFieldProps, 'type' | 'hint' | 'error' | 'hideLabel' | 'placeholder' | 'className'>) {
  return (
    <TextField
      type="search"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      label={label}
      placeholder={label}
      hideLabel
      className={styles.find}
    />
  )
}

/** A time on the wall clock, HH:MM. */
export const TimeField = (props: Omit<TextFieldProps, 'type'>) => <TextField {...props} type="time" />

/** A date, YYYY-MM-DD. */
export const DateField = (props: Omit<TextFieldProps, 'type'>) => <TextField {...props} type="date" />

export interface SelectProps<T extends string> extends FieldText, Omit<ComponentPropsWithRef<'select'>, 'onChange' | 'value' | 'id'> {
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onValue: (value: T) => void
}

/** One of a few. */
export function Select<T extends string>({ label, hint, error, hideLabel, value, options, onValue, className, ...rest }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel && { hideLabel })}>
      {(tied) => (
        <select
          {...rest}
          {...tied}
          value={value}
          onChange={(event) => onValue(event.target.value as T)}
          className={cx(styles.input, className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Yes or no. */
export function Checkbox({
  label,
  hint,
  checked,
  onChecked,
  ...rest
}: Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'type'> & {
  readonly label: ReactNode
  readonly hint?: string
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
}) {
  return (
    <label className={styles.check}>
      <input {...rest} type="checkbox" checked={checked} onChange={(event) => onChecked(event.target.checked)} />
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  )
}
