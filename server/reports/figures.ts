/** A period's figures as a screen shows them: without the students, who are asked for row by row. */
import type { FigureStudents, Figures, PadcLineView } from '../../shared/api/periods.ts'
import type { PadcLine } from '../../shared/report/padc.ts'
import { moneyEstimate, type Rates } from '../../shared/report/money.ts'
import type { GradeSpan } from '../../shared/rules/california/periods.ts'
import { figuresDigest } from './closings.ts'
import type { PadcReport } from './padcReport.ts'

/** @param rates those that hold at the end of the figures: money is an estimate beside them and no part of them */
export function figuresOf(report: PadcReport, rates: Rates, nameOf: (site: string) => string): Figures {
  const { period, year, cutOff, asOf, complete, through, rules, unfinished } = report
  return {
    ...{ period, year, cutOff, asOf, complete, through, rules },
    unfinished: { ...unfinished },
    digest: figuresDigest(report),
    lines: report.lines.map((line) => lineOf(line, rates)),
    gaps: report.gaps.map(({ reason, site, students, days }) => ({
      ...{ reason, site, days, students: students.length },
      siteName: nameOf(site),
    })),
  }
}

function lineOf(line: PadcLine, rates: Rates): PadcLineView {
  const estimate = moneyEstimate(line, rates)
  return {
    reporter: line.reporter.kind === 'district' ? null : line.reporter.name,
    rows: line.rows.map(({ span, days, ada, sites }, i) => ({
      ...{ span, days, ada },
      sites: sites.map((each) => ({
        ...{ site: each.site, name: each.name, span: each.span, days: each.days, divisor: each.divisor, ada: each.ada },
        students: each.students.length,
      })),
      money: { rate: estimate.rows[i]?.rate ?? null, cents: estimate.rows[i]?.cents ?? null },
    })),
    total: { days: line.total.days, ada: line.total.ada },
    cents: estimate.cents,
    whole: estimate.whole,
  }
}

/** The students of one grade span at one school. */
export function studentsBehind(report: PadcReport, site: string, span: GradeSpan): FigureStudents {
  const rows = report.lines.flatMap((line) => line.rows).filter((row) => row.span === span)
  return {
    students: rows
      .flatMap((row) => row.sites.filter((each) => each.site === site))
      .flatMap((each) => each.students)
      .map(({ student, last, first, grade, days }) => ({
        student,
        name: `${last}, ${first}`,
        grade,
        days: days.map(({ earnedOn, recovers }) => ({ earnedOn, recovers })),
      })),
  }
}
