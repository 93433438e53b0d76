import { mostRecoveredDays } from '../../../../shared/rules/california/policy.ts'
import type { PolicyChoices } from '../../../../shared/rules/facts.ts'
import { Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import styles from './Policy.module.css'

const MOST = Math.max(...mostRecoveredDays.values.map(({ value }) => (value === 'none' ? 0 : value)))

/** One field for each choice that the law leaves. */
export function ChoiceFields({
  choices,
  onChange,
}: {
  readonly choices: PolicyChoices
  readonly onChange: (part: Partial<PolicyChoices>) => void
}) {
  const words = useWords()
  const w = words.rules.policy
  const listed = <T extends string>(options: Readonly<Record<T, string>>) =>
    (Object.entries(options) as [T, string][]).map(([value, label]) => ({ value, label }))
  const text = (choice: keyof PolicyChoices) => ({ label: w.choices[choice].name, hint: w.choices[choice].help })
  return (
    <div className={styles.choices}>
      <Select
        {...text('accrual')}
        value={choices.accrual}
        options={listed(w.options.accrual)}
        onValue={(accrual) => onChange({ accrual })}
      />
      <Select
        {...text('dailyPath')}
        value={choices.dailyPath}
        options={listed(w.options.dailyPath)}
        onValue={(dailyPath) => onChange({ dailyPath })}
      />
      <Select
        {...text('remainder')}
        value={choices.remainder}
        options={listed(w.options.remainder)}
        onValue={(remainder) => onChange({ remainder })}
      />
      <Select
        {...text('ratioBreach')}
        value={choices.ratioBreach}
        options={listed(w.options.ratioBreach)}
        onValue={(ratioBreach) => onChange({ ratioBreach })}
      />
      <Select
        {...text('countUncertified')}
        value={choices.countUncertified ? 'yes' : 'no'}
        options={listed(w.options.countUncertified)}
        onValue={(yes) => onChange({ countUncertified: yes === 'yes' })}
      />
      <Select
        {...text('yearlyMost')}
        value={String(choices.yearlyMost)}
        options={Array.from({ length: MOST + 1 }, (_, n) => ({ value: String(n), label: words.common.days(n) }))}
        onValue={(days) => onChange({ yearlyMost: Number(days) })}
      />
    </div>
  )
}
