import { Link } from 'wouter'
import { Done } from '../../../../shared/api.ts'
import { ALERTS, AlertsReply } from '../../../../shared/api/alerts.ts'
import { api } from '../../../sync/http.ts'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Card, Stack } from '../../../ui/Card.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState, ErrorNote } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../Asking.tsx'
import tools from '../Tools.module.css'
import { useOrder } from '../useOrder.ts'
import { useReply } from '../useReply.ts'
import { alertsChanged } from './useAlerts.ts'

/** So many are named; the page that puts them right shows all. */
const NAMED = 8

/** The digest: what one should know today, under what it is, with the way to put it right. */
export function AlertsPage() {
  const words = useWords()
  const w = words.alerts
  const { asked, reload } = useReply(AlertsReply, '/api/alerts')
  const { busy, problem, send } = useOrder()
  const fresh = asked.kind === 'ok' ? asked.value.alerts.filter((alert) => !alert.seen) : []
  const seen = async () => {
    if (!(await send(() => api(Done, 'POST', '/api/alerts/seen', { keys: fresh.map(({ key }) => key) })))) return
    reload()
    alertsChanged()
  }
  return (
    <>
      <PageHeader
        title={w.title}
        sub={w.sub}
        actions={
          fresh.length > 0 && (
            <Button look="primary" busy={busy} onClick={seen}>
              {w.seen}
            </Button>
          )
        }
      />
      {problem && <ErrorNote message={problem} />}
      <Asking asked={asked} onRetry={reload}>
        {({ alerts }) =>
          alerts.length === 0 ? (
            <EmptyState title={w.noneTitle}>{w.none}</EmptyState>
          ) : (
            <Stack>
              {ALERTS.map((kind) => {
                const own = alerts.filter((alert) => alert.kind === kind)
                const news = own.filter((alert) => !alert.seen).length
                if (own.length === 0) return null
                return (
                  <Card
                    key={kind}
                    title={`${w.kinds[kind].title} (${words.format.number(own.length)})`}
                    sub={w.kinds[kind].text}
                    actions={
                      <span className={tools.inline}>
                        {news > 0 && <StatusPill tone="warn">{w.news(news)}</StatusPill>}
                        <Link className={buttonClass()} href={own[0]?.href ?? '/'}>
                          {w.kinds[kind].act}
                        </Link>
                      </span>
                    }
                  >
                    <ul className={tools.list}>
                      {own.slice(0, NAMED).map((alert) => (
                        <li key={alert.key}>
                          {w.item(alert.name, [alert.siteName, alert.on ? words.format.date(alert.on) : ''].filter(Boolean).join(', '))}
                        </li>
                      ))}
                    </ul>
                  </Card>
                )
              })}
            </Stack>
          )
        }
      </Asking>
    </>
  )
}
