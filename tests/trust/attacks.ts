/** The attacks we count on (S01 to S33), what must happen, and the sentences that show it: named by their beginning, each one test. */
import type { Requirement } from './asvs.ts'

const row = (id: string, says: string, shownBy: readonly string[], note?: string): Requirement => ({
  id,
  says,
  shownBy,
  ...(note !== undefined && { note }),
})
const FUZZ = 'requests made from the description of the API'

export const ATTACKS: readonly Requirement[] = [
  row(
    'S01',
    'Slow connections do not keep others out',
    ['when too many devices send at once', 'a request that is never finished'],
    'A whole request has two minutes: over a slow line a tablet needs them.',
  ),
  row('S02', 'Bodies, headers and nests that are too large are refused', [
    'what is too much is refused early',
    '[S14] Twenty parcels that unpack',
  ]),
  row('S03', 'Packed requests are not unpacked', ['a packed body is not unpacked']),
  row('S04', 'Objects are not polluted', ['names that reach into objects are only names', FUZZ]),
  row('S05', 'Nothing sent becomes SQL', ['no SQL is made out of pieces of text', FUZZ, 'S05 ']),
  row('S06', 'What is of another school, or section, is not there', [
    'role by role, route by route',
    'role by role, section by section',
    'S06 ',
  ]),
  row('S07', 'Fields that nobody asked for are not taken', ['nobody becomes more by saying so']),
  row('S08', 'Other sites cannot speak for somebody', [
    'a request that changes something and comes from another site',
    'a form of another site cannot speak',
  ]),
  row('S09', 'Names and notes run no script', ['S09 ', 'nothing is run from text', 'every reply of the API says it is one']),
  row('S10', 'Cells become no formulas', [
    'the roster as a file has the same figures, and no name becomes a formula',
    'The roster as a file holds those whom the view shows',
  ]),
  row('S11', 'Broken and hostile files change nothing', ['A zip is refused in one sentence']),
  row('S12', 'No path leads out of the folder of pages', ['300 ways out of the folder of pages']),
  row('S13', 'A session that was planted is not taken over', [
    'a session is a new secret of 256 bits',
    'under TLS the cookies say by their names',
  ]),
  row('S14', 'Guessing is slowed, and locks nobody out', [
    'after ten failures further tries wait',
    'a known device is not locked out by guesses',
    'thirty guesses at once are ten',
    'own sign-ins give nobody more tries',
    'codes are counted for the account',
  ]),
  row('S15', 'Nobody can tell who has an account', [
    'S15 ',
    'a wrong password and an unknown name get the same answer',
    'a wrong password never asks for a code',
  ]),
  row('S16', 'Another device’s push cannot be sent again as one’s own', [
    'what a device with a key sends must be signed by it',
    '[S14] Nobody speaks in the name of another device',
    'S16 Who copied a device’s credential',
  ]),
  row('S17', 'Who, where and when are not what is claimed', [
    'an event is judged by the school its recorder',
    '[S3] An entry the district sets aside',
    '[S3] a signature in the name of somebody who never signed in',
    '[S3] nobody decides on what was set aside in the name',
  ]),
  row('S18', 'Logs are not forged, addresses not believed', [
    'nothing that the server writes to its own log names',
    'what the proxy alone should say',
  ]),
  row('S19', 'Nothing about anybody is cached', ['every reply of the API says it is one']),
  row('S20', 'No pattern runs away', [FUZZ]),
  row('S21', 'The server fetches no address that somebody sent', ['settings that cannot be right stop the start']),
  row('S22', 'Pages are not framed and hear nobody', [
    'every reply of the API says it is one',
    'no page listens to messages of other windows',
  ]),
  row('S23', 'Older ways in are guarded like newer ones', ['every route of the API is in that table']),
  row('S24', 'An upload never becomes a program of ours', [
    'What it is is read from the file, not from its name',
    'A photo is kept under its own hash',
  ]),
  row('S25', 'Taking records in bulk asks again, is bounded, and is told', [
    'taking records away in bulk asks for a fresh code',
    'nobody takes more than ten files',
  ]),
  row('S30', 'Forged receipts and tokens are refused', [
    '[S4] A receipt',
    'an ID token with',
    'an ID token that nobody signed',
    'S30 Coming back with a PIN',
  ]),
  row('S31', 'A tablet that was put away tells no names', ['S31 ', '[S9] Signing out takes the names away', 'The lost tablet is revoked']),
  row('S32', 'Rows changed on a tablet are found', ['[S4] A receipt', 'an altered event is named by its number']),
  row('S33', 'Minutes that were made up are flagged', ['S33 ', 'the checklist names each session']),
]
