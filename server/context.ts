/** Everything a running server or a command works with, put together once. */
import { type Config, isOpenToOthers } from './config.ts'
import { openImportRuns } from './desk/importRuns.ts'
import { openCheckpoints } from './log/checkpoints.ts'
import { openCondition } from './log/condition.ts'
import { openDeliver } from './log/deliver.ts'
import { noticeLoss } from './log/headFile.ts'
import { openInventory } from './log/inventory.ts'
import { type Log, openLog, type Sources } from './log/log.ts'
import { openDatabase } from './log/openDatabase.ts'
import { openOverview } from './log/overview.ts'
import { openPacketSeal } from './log/packetSeal.ts'
import { openReceiptKey } from './log/receipts.ts'
import { openReceive } from './log/receive.ts'
import { openRelay } from './log/relay.ts'
import { openRelayKeys } from './log/relayKeys.ts'
import { beginChain } from './log/serverChain.ts'
import { openTakeSealed } from './log/takeSealed.ts'
import { openStudentFiles } from './log/studentFile.ts'
import { openAccounts } from './people/accounts.ts'
import { openApprovals } from './people/approvals.ts'
import { openAttempts } from './people/attempts.ts'
import { openDevices } from './people/devices.ts'
import { openDisclosures } from './people/disclosures.ts'
import { openElsewhere } from './people/elsewhere.ts'
import { openGrants } from './people/grants.ts'
import { openKnownDevices } from './people/knownDevices.ts'
import { openPasskeys } from './people/passkeys.ts'
import { openRefusals } from './people/refusals.ts'
import { openSecondFactor } from './people/secondFactor.ts'
import { openSessions } from './people/sessions.ts'
import { openSignIns } from './people/signIns.ts'
import { openTrustPolicy } from './people/trustPolicy.ts'
import { sqliteStore } from './registry/sqliteStore.ts'
import { openLedgers } from './reports/ledgers.ts'
import { openSchools } from './reports/schools.ts'
import { openSampleAccounts } from './sample/accounts.ts'
import { openTotals } from './totals/totals.ts'

export type Context = ReturnType<typeof openContext>

/**
 * Opens a data folder. `waitMs` is how long a write waits for another process on the same data: the server answers
 * "busy" soon, a command waits. Throws one sentence when the folder cannot be used.
 */
export function openContext(config: Config, sources: Sources, waitMs: number) {
  const db = openDatabase(config.data, waitMs)
  const lost = noticeLoss(config.data, db, sources)
  const log: Log = openLog(db, sources)
  beginChain(log)
  const store = sqliteStore(log)
  const key = openReceiptKey(config.data)
  const checkpoints = openCheckpoints(log, key)
  const condition = openCondition(log, lost)
  const deliver = openDeliver(log)
  const receive = openReceive(log, key)
  const relayKeys = openRelayKeys(config.data)
  const takeSealed = openTakeSealed(log, relayKeys, receive)
  const ledgers = openLedgers(log, deliver)
  const schools = openSchools(log, deliver)
  const totals = openTotals(config.data, log, schools)
  const accounts = openAccounts(log, store)
  const trustPolicy = openTrustPolicy(log)
  return {
    config,
    log,
    store,
    deliver,
    receiptKey: key,
    receive,
    relayKeys,
    relay: openRelay(log, relayKeys, receive, takeSealed),
    takeSealed,
    checkpoints,
    inventory: openInventory(log, key, condition),
    condition,
    packetSeal: openPacketSeal(log, checkpoints, key),
    ledgers,
    schools,
    totals,
    overview: openOverview(log),
    importRuns: openImportRuns(log),
    studentFiles: openStudentFiles(log),
    accounts,
    sessions: openSessions(log),
    endElsewhere: openElsewhere(log),
    knownDevices: openKnownDevices(log),
    attempts: openAttempts(log, relayKeys.secretFor('attempts')),
    secondFactor: openSecondFactor(log),
    passkeys: openPasskeys(log),
    refusals: openRefusals(log),
    trustPolicy,
    grants: openGrants(log, key, accounts, trustPolicy),
    devices: openDevices(log, key),
    signIns: openSignIns(log),
    approvals: openApprovals(log),
    disclosures: openDisclosures(log),
    sampleAccounts: openSampleAccounts(log.db),
    /** Asked for by the first setup when others can reach the server; printed where only its operator looks. */
    setupCode: isOpenToOthers(config) ? sources.random(5).toString('hex') : null,
    close: () => {
      totals.close()
      log.db.close()
    },
  }
}
