// What Firefox and WebKit play as well (`npm run e2e:engines`): killed between the write and the paint, two tabs, replaced by a new version.
import { aTabletIn } from './engines/aTabletIn.ts'
import { chromium } from './engines/chromium.ts'

aTabletIn(chromium, { storage: false })
