/** Words of the rules as people meet them: the rulebook, the district's policy and the planner. */
import * as planner from './planner.ts'
import * as policy from './policy.ts'
import * as rulebook from './rulebook.ts'

export const en = {
  nav: { rulebook: 'Rulebook', policy: 'Policy', planner: 'Planner' },
  rulebook: rulebook.en,
  policy: policy.en,
  planner: planner.en,
}

export const es: typeof en = {
  nav: { rulebook: 'Reglamento', policy: 'Política', planner: 'Planificador' },
  rulebook: rulebook.es,
  policy: policy.es,
  planner: planner.es,
}
