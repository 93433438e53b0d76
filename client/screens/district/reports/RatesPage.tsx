import { SettingsReply } from '../../../../shared/api/reports.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { Costs } from './Costs.tsx'
import { Rates } from './Rates.tsx'
import { SchoolMonths } from './SchoolMonths.tsx'

/** The district's own rates and costs: what estimates are made with, and no report. */
export function RatesPage() {
  const words = useWords()
  const { asked, reload } = useReply(SettingsReply, '/api/settings')
  return (
    <>
      <PageHeader title={words.reports.rates.title} sub={words.reports.rates.sub} />
      <Asking asked={asked} onRetry={reload}>
        {({ rates, costs, months }) => (
          <div className={styles.stack}>
            <Rates rates={rates} onChanged={reload} />
            <Costs costs={costs} onChanged={reload} />
            <SchoolMonths months={months} onChanged={reload} />
          </div>
        )}
      </Asking>
    </>
  )
}
