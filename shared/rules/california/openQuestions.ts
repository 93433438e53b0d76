/** Where no source answers, and what Recoup does until one does. The conservative reading everywhere: a day not claimed can be claimed later. */
export interface OpenQuestion {
  readonly question: string
  readonly reading: string
  /** The policy that lets a district decide otherwise, if any. */
  readonly policy?: 'accrual' | 'dailyPath' | 'remainder' | 'ratioBreach' | 'countUncertified' | 'yearlyMost'
}

export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  {
    question: 'Has a trailer bill of 2025 changed the wording of Education Code 46211?',
    reading:
      'The section is read as restated by the Department of Education and by model regulation; nobody here has compared the chaptered text.',
  },
  {
    question: 'Is a single sitting of 230 minutes a day in grades 1 to 3, or must it be four whole hours?',
    reading: 'It is a day: guidance speaks of daily or hourly increments.',
    policy: 'dailyPath',
  },
  {
    question: 'Are hours floored for each session, for each day, or on the running total?',
    reading: 'For each session.',
    policy: 'accrual',
  },
  {
    question: 'May hours left over after a day be carried to the next?',
    reading: 'No.',
    policy: 'remainder',
  },
  {
    question: 'May the time over the minimum day on one date be carried?',
    reading: 'No: at most one day for each calendar day, and the surplus is lost.',
  },
  {
    question: 'Is the ratio judged at every moment or by the roster, and who loses what when it is exceeded?',
    reading: 'At every moment; while it is exceeded nobody earns.',
    policy: 'ratioBreach',
  },
  {
    question: 'Which ratio holds in a room that mixes kindergartners with older students?',
    reading: 'Ten to one, for as long as a kindergartner is there.',
  },
  {
    question: 'May time count that the teacher has not signed?',
    reading: 'No; it is shown as pending.',
    policy: 'countUncertified',
  },
  {
    question: 'What does “five days of attendance per school week” mean for sessions after school and for banked days?',
    reading: 'Each day recovers an absence on its own date; with the days attended a school week then never exceeds five.',
  },
  {
    question: 'Which absences does CALPADS count when it compares them with the days recovered?',
    reading: 'Suspensions are not counted, as guidance says; its own check may be looser.',
  },
  {
    question: 'Can days of independent study without work, and of home or hospital instruction, be recovered?',
    reading: 'No.',
  },
  {
    question: 'How long is a charter school’s attendance recovery day?',
    reading: 'As long as the minimum day of the grade in a school district.',
  },
  {
    question: 'Does the weekly ceiling of fifteen hours hold for continuation students in attendance recovery?',
    reading: 'It is not applied: no source extends it.',
  },
  {
    question: 'Which grade and minimum day hold in July for a student not yet enrolled for the coming year?',
    reading: 'Those of the enrollment that begins next in the same fiscal year.',
  },
  {
    question: 'Do days recovered at another LEA count against the ten, and may its absences be recovered?',
    reading: 'Only absences of this LEA are recovered; days recovered elsewhere are not known here and are not counted.',
  },
  {
    question: 'Is there any grace for late arrival, transition or breaks inside a session?',
    reading: 'No: minutes are those between check-in and check-out, inside the window, breaks left out above kindergarten.',
  },
  {
    question: 'Under which number, and how severely, does CALPADS compare a student’s recovery days with the absences?',
    reading: 'The comparison is made with the absences of positions 13.17, 13.19 and 13.20, and shown without a number.',
  },
  {
    question: 'Exactly which limits do the CALPADS rules STAS0307, STAS0309, STAS0310 and STAS0588 set?',
    reading: 'That none of positions 13.17, 13.20, 13.19 and 13.22 is more than position 13.15; their own pages could not be read.',
  },
  {
    question: 'Which CALPADS checks of attendance are not made here?',
    reading:
      'Those that need more than the file: the evidence for an exemption (STAS0313), and expected days against enrollment days (CERT129).',
  },
  {
    question: 'What does position 13.23 of a STAS record hold, and may an exempt student have recovery days in position 13.24?',
    reading: 'Position 13.23 is left as it is; the line of an exempt student gets no recovery days, and days found there are shown.',
  },
  {
    question: 'Do the reporting periods end on the days the law names, or with the last full school month before them?',
    reading:
      'On the days the law names, 31 December, 15 April and 30 June, until the district enters the last days of its school months; then P-1 and P-2 end with those.',
  },
  {
    question: 'On which line do charter schools and county offices report attendance recovery?',
    reading: 'Each charter school’s figures stand by themselves, by grade span; the number of the line is to be looked up.',
  },
]
