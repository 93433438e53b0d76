/**
 * The sentences of the desks and of setting up. Whoever shows those screens imports this file first; a tablet that opens a roster does
 * without them.
 */
import { en as alerts, es as esAlerts } from './alerts.ts'
import { en as calendar, es as esCalendar } from './calendar.ts'
import { en as coordinator, es as esCoordinator } from './coordinator.ts'
import { en as dashboard, es as esDashboard } from './dashboard.ts'
import { en as day, es as esDay } from './day.ts'
import { en as desk, es as esDesk } from './desk.ts'
import { en as device, es as esDevice } from './device.ts'
import { en as district, es as esDistrict } from './district.ts'
import { en as evidence, es as esEvidence } from './evidence.ts'
import { en as followUp, es as esFollowUp } from './followUp.ts'
import { addWords } from './index.ts'
import { en as lock, es as esLock } from './lock.ts'
import { en as periods, es as esPeriods } from './periods.ts'
import { en as reports, es as esReports } from './reports.ts'
import { en as rules, es as esRules } from './rules.ts'
import { en as setup, es as esSetup } from './setup.ts'
import { en as takeBack, es as esTakeBack } from './takeBack.ts'
import { en as trust, es as esTrust } from './trust.ts'

const en = {
  lock,
  trust,
  setup,
  rules,
  coordinator,
  device,
  district,
  desk,
  alerts,
  calendar,
  dashboard,
  day,
  evidence,
  followUp,
  periods,
  reports,
  takeBack,
}
/** A missing sentence does not compile. */
const es: typeof en = {
  lock: esLock,
  trust: esTrust,
  setup: esSetup,
  rules: esRules,
  coordinator: esCoordinator,
  device: esDevice,
  district: esDistrict,
  desk: esDesk,
  alerts: esAlerts,
  calendar: esCalendar,
  dashboard: esDashboard,
  day: esDay,
  evidence: esEvidence,
  followUp: esFollowUp,
  periods: esPeriods,
  reports: esReports,
  takeBack: esTakeBack,
}

export type LateWords = typeof en

addWords({ en, es })
