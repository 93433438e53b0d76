/**
 * The 150 requirements of OWASP ASVS 5.0.0 (levels 1 and 2) that apply here and can be tested by a machine, in our words, each with the sentences
 * that show it: a sentence is named by its beginning, and must be one test. A row without one says what is missing.
 */
export interface Requirement {
  readonly id: string
  readonly says: string
  /** How the names of tests begin. */
  readonly shownBy: readonly string[]
  /** What there is besides, or what is missing. */
  readonly note?: string
}

const row = (id: string, says: string, shownBy: readonly string[], note?: string): Requirement => ({
  id,
  says,
  shownBy,
  ...(note !== undefined && { note }),
})

const FUZZ = 'requests made from the description of the API'
const TRAVERSAL = '300 ways out of the folder of pages'
const MATRIX = 'every route lets in whom the table says'
const OWNERSHIP = 'role by role, route by route'
const HEADERS = 'every reply of the API says it is one'
const TOKENS = 'an ID token with'
const UNSIGNED = 'an ID token that nobody signed'
const RECEIPTS = '[S4] A receipt'
const GUESSES = 'after ten failures further tries wait'
const SECOND = 'signing in asks for the code; each is good once'
const BULK = 'nobody takes more than ten files'
const NAMELESS = 'nothing that the server writes to its own log names'
const PROXIES = 'the proxies of the guide speak TLS 1.2 and 1.3 alone'
const TLS = 'TLS is the proxy’s: `npm run deployed` speaks to those of docs/deploy.md, with what a browser would get.'

export const REQUIREMENTS: readonly Requirement[] = [
  row('1.1.1', 'Input is decoded once, into one form, before it is judged', [TRAVERSAL, 'a request that can be read in two ways']),
  row('1.2.1', 'What is shown is encoded for where it is shown', ['nothing is run from text', 'No screen has a fault of WCAG']),
  row('1.2.2', 'Addresses made of untrusted parts are encoded, and only of safe schemes', [
    'files that are handed out are named',
    TRAVERSAL,
  ]),
  row('1.2.3', 'Script and JSON are made by serializers, never by joining text', ['nothing is run from text']),
  row('1.2.4', 'Questions to the database are parameterized', ['no SQL is made out of pieces of text', FUZZ]),
  row('1.2.5', 'Nothing untrusted reaches a shell', ['the server starts other programs in two places']),
  row('1.2.9', 'Nothing untrusted becomes part of a regular expression', [FUZZ]),
  row('1.3.2', 'No text is run as a program', ['nothing is run from text']),
  row('1.3.3', 'What goes into a dangerous place is bounded first', ['what is too much is refused early', FUZZ]),
  row(
    '1.3.6',
    'The server fetches no address that somebody sent',
    ['settings that cannot be right stop the start'],
    'The one address it speaks to is set by the operator.',
  ),
  row('1.4.2', 'Numbers are checked for range and form', [FUZZ]),
  row('1.5.2', 'What is read back into objects is read by a schema', [FUZZ, 'names that reach into objects are only names']),
  row('2.2.1', 'Input is checked against what is expected', [FUZZ, 'what is not understood is refused in words']),
  row('2.2.2', 'The check is on the server', [FUZZ]),
  row('2.2.3', 'Things that belong together are checked together', ['a section that cannot be is refused in words']),
  row('2.3.1', 'Steps come in their order', [
    'an answer is taken once, in the browser that began it',
    'where the district asks for it, a coordinator sets up',
  ]),
  row('2.3.2', 'Limits of the business are kept', [BULK, 'two people for one thing', 'many files asked for at once']),
  row('2.3.3', 'What is done is done whole or not at all', [
    'a transaction that fails leaves neither rows nor a gap',
    'A list of many is written whole or not at all',
  ]),
  row('2.3.4', 'What exists once is not given twice', ['[S5] ', 'two people for one thing']),
  row('2.4.1', 'Automation is slowed', [GUESSES, BULK, 'when too many devices send at once']),
  row('3.2.1', 'An answer is not taken for something else than it is', [
    'A photo is kept under its own hash',
    'files that are handed out are named',
  ]),
  row('3.2.2', 'Text is shown as text', ['nothing is run from text']),
  row('3.3.1', 'Cookies are secure and say so by their prefix', ['under TLS the cookies say by their names']),
  row('3.3.2', 'Cookies keep to this site', [
    'somebody who signs in is told who they are',
    'the cookie that binds a sign-in to its browser',
  ]),
  row('3.3.3', 'Cookies carry the prefix of one host', ['under TLS the cookies say by their names']),
  row('3.3.4', 'Session tokens are out of the reach of script', ['somebody who signs in is told who they are']),
  row('3.4.1', 'Strict transport for a year', [HEADERS]),
  row('3.4.2', 'No other site is allowed to read', ['another site’s page is allowed nothing']),
  row('3.4.3', 'A content security policy without objects and base', [HEADERS]),
  row('3.4.4', 'Content types are not guessed', [HEADERS]),
  row('3.4.5', 'Addresses are not told to other sites', [HEADERS]),
  row('3.4.6', 'Pages cannot be framed', [HEADERS]),
  row('3.5.1', 'Requests of another site are refused', ['a request that changes something and comes from another site']),
  row('3.5.2', 'What needs no preflight is refused all the same', ['a form of another site cannot speak for somebody']),
  row('3.5.3', 'What changes something has a method that says so', ['nothing is changed by asking']),
  row('3.5.5', 'Messages of other windows are not listened to', ['no page listens to messages of other windows']),
  row('3.7.2', 'Nobody is sent on to an address that somebody gave', [
    'the provider is asked with PKCE',
    'no page listens to messages of other windows',
  ]),
  row('4.1.1', 'Every answer says its type', ['files that are handed out are named', HEADERS]),
  row('4.1.2', 'The interface does not lead from http to https in silence', ['what the server alone answers is never a redirect']),
  row('4.1.3', 'Headers of a proxy cannot be given by a browser', ['what the proxy alone should say']),
  row('4.2.1', 'One request ends where the next begins', ['a request that can be read in two ways']),
  row('5.2.1', 'Files are bounded in size', ['A file of ten megabytes is kept, one byte more is not']),
  row('5.2.2', 'A file is what it says it is', ['What it is is read from the file, not from its name']),
  row('5.2.3', 'Packed files are bounded in what they unpack to', ['A zip is refused in one sentence']),
  row('5.3.1', 'What was uploaded is never run', ['A photo is kept under its own hash']),
  row('5.3.2', 'Paths are made by the server', [TRAVERSAL, 'A photo is kept under its own hash']),
  row('5.4.1', 'Names of files handed out are the server’s', ['files that are handed out are named']),
  row('5.4.2', 'Names of files cannot break a header', ['files that are handed out are named']),
  row('6.2.1', 'Passwords have 15 letters or more', ['a password is taken as it is', 'an invitation is good once, for seven days']),
  row('6.2.2', 'A person can change the own password', ['a person changes the own password']),
  row('6.2.3', 'Changing it takes the old one', ['a person changes the own password']),
  row('6.2.4', 'Common passwords are refused', ['a password that everybody tries is refused']),
  row('6.2.5', 'Any letters may be in it', ['a password is taken as it is']),
  row('6.2.6', 'What is typed is hidden, and shown when asked', ['password fields hide what is typed']),
  row('6.2.7', 'Password managers and pasting work', ['password fields hide what is typed']),
  row('6.2.8', 'It is compared as it was given', ['a password is taken as it is']),
  row('6.2.9', 'It may have 64 letters and more', ['a password is taken as it is']),
  row('6.2.10', 'It does not end by itself', ['somebody disabled is signed out at once']),
  row('6.2.11', 'Words of this place are refused', ['a password that everybody tries is refused']),
  row(
    '6.2.12',
    'Passwords known from breaches are refused',
    ['a password known from breaches, or made of two that are'],
    'By a list of the commonest that comes with the server; nobody is asked over the network.',
  ),
  row('6.3.1', 'Guessing is slowed, without locking anybody out', [
    GUESSES,
    'a known device is not locked out by guesses',
    'thirty guesses at once are ten',
    'own sign-ins give nobody more tries',
    'codes are counted for the account',
  ]),
  row('6.3.2', 'No account comes with the program', ['a server that was just set up knows nobody']),
  row('6.3.3', 'A second factor where more is seen', [
    'where the district asks for it, a coordinator sets up',
    'a passkey is a second factor',
    'a new district asks for a second factor from its first sign-in',
  ]),
  row('6.3.4', 'Every way in asks for the same', ['where the district asks for a second factor the provider’s counts']),
  row('6.4.1', 'Codes for the first time are random and end', [
    'an invitation that is too old',
    'an invitation is good once, for seven days',
  ]),
  row('6.4.2', 'No hints, no secret questions', [MATRIX], 'There is no such route.'),
  row('6.4.3', 'A lost password is no way around the second factor', ['a new invitation is no way around the second factor']),
  row('6.5.1', 'Codes are good once', [SECOND, 'an answer is good once, for five minutes']),
  row('6.5.2', 'Codes on paper are kept as hashes', ['passwords and tokens are nowhere in the database']),
  row('6.5.3', 'Codes come from the system’s generator', ['secrets are made by the system’s generator']),
  row('6.5.4', 'Codes have twenty bits and more', ['the code at second', SECOND]),
  row('6.5.5', 'Codes of an app last half a minute', [SECOND]),
  row('6.8.2', 'What a provider asserts is signed, and the signature checked', [UNSIGNED]),
  row('7.2.1', 'Sessions are checked on the server', [MATRIX]),
  row('7.2.2', 'Tokens are made for each session', ['a session is a new secret of 256 bits']),
  row('7.2.3', 'Tokens have 128 bits and more', ['a session is a new secret of 256 bits']),
  row('7.2.4', 'Signing in makes a new token and ends the old', ['a session is a new secret of 256 bits']),
  row('7.3.1', 'A session ends without use', ['a teacher stays signed in for a school day']),
  row('7.3.2', 'A session ends after a time', ['a teacher stays signed in for a school day']),
  row('7.4.1', 'What ended is not accepted', ['signing out ends the session']),
  row('7.4.2', 'A closed account ends its sessions', ['somebody disabled is signed out at once']),
  row('7.4.3', 'A changed password or factor ends the other sessions', [
    'a person changes the own password',
    '[S9] after another password other devices are told no name more',
    'who has only the password gets nothing by it',
  ]),
  row('7.4.4', 'Signing out is on every page', ['No screen has a fault of WCAG'], 'In the frame of every page; looked at by people.'),
  row('7.4.5', 'An administrator ends the sessions of others', [
    'somebody disabled is signed out at once',
    '[S9] a revoked device is signed out',
  ]),
  row('7.5.1', 'Changing how one signs in takes a fresh proof', [
    'a person changes the own password',
    'without a second factor the password shows again',
  ]),
  row('7.5.2', 'A person sees the own sessions and ends them', [
    'a person sees where the own account is signed in',
    'S14 A passkey is made',
  ]),
  row('8.2.1', 'Each function is open to whom it is for', [MATRIX, 'a data manager gives, resets and ends']),
  row('8.2.2', 'Each record is open to whom it is for', [OWNERSHIP]),
  row('8.2.3', 'Each field is open to whom it is for', [
    'a list of people tells what its screen needs',
    'a student’s packet names nobody else',
  ]),
  row('8.3.1', 'The server decides', [MATRIX]),
  row('8.4.1', 'One school does not see another', [OWNERSHIP, 'a coordinator puts on a list only']),
  row('9.1.1', 'Tokens are read only after their signature', [UNSIGNED, RECEIPTS]),
  row('9.1.2', 'Only the methods that were agreed on', [UNSIGNED]),
  row('9.1.3', 'Keys come from where they were pinned', [UNSIGNED, RECEIPTS]),
  row('9.2.1', 'Tokens outside their time are refused', [TOKENS]),
  row('9.2.2', 'A token of another kind is refused', [RECEIPTS]),
  row('9.2.3', 'A token for another audience is refused', [TOKENS]),
  row('9.2.4', 'A token of another issuer is refused', [TOKENS]),
  row('11.2.3', 'Keys have 128 bits of strength and more', [
    'a tablet makes its key at the first sign-in',
    'a session is a new secret of 256 bits',
  ]),
  row('11.3.1', 'No weak modes', ['[S14] A parcel can be read by nobody']),
  row('11.3.2', 'Approved ciphers', ['[S14] A parcel can be read by nobody']),
  row('11.3.3', 'What is encrypted cannot be changed unseen', ['[S14] One byte changed, wherever']),
  row('11.4.1', 'Approved hashes', ['an honest log of two hundred events holds']),
  row('11.4.2', 'Passwords are kept by a function made for them', [
    'a password is taken as it is',
    'passwords and tokens are nowhere in the database',
  ]),
  row('11.4.3', 'Hashes in signatures resist collisions', ['a byte changed anywhere in a packet is found']),
  row('11.4.4', 'Keys from passwords are stretched', ['a password is taken as it is']),
  row('11.5.1', 'What must not be guessed has 128 random bits', [
    'a session is a new secret of 256 bits',
    'secrets are made by the system’s generator',
  ]),
  row('11.6.1', 'Approved signatures', ['[S4] In ', 'a log signed with another key holds nothing']),
  row('12.1.1', 'TLS 1.2 and newer only', [PROXIES], TLS),
  row('12.1.2', 'Recommended cipher suites', [PROXIES], TLS),
  row('12.2.1', 'Everybody outside speaks TLS', [PROXIES], TLS),
  row('12.3.1', 'Connections going out are encrypted', [
    'settings that cannot be right stop the start',
    'letters go out encrypted or not at all',
  ]),
  row('12.3.2', 'Certificates of others are checked', ['a provider with a certificate that nobody vouches for']),
  row('13.2.3', 'No default credentials between parts', ['a server that was just set up knows nobody']),
  row('13.3.1', 'Secrets are kept out of the program', ['no secret stands in the sources', 'the data folder and its keys are readable']),
  row('13.4.1', 'No history of the sources is served', ['methods that echo or list are not answered']),
  row('13.4.2', 'No debugging in use', ['what is not understood is refused in words']),
  row('13.4.3', 'No listing of folders', ['methods that echo or list are not answered']),
  row('13.4.4', 'TRACE is not answered', ['methods that echo or list are not answered']),
  row(
    '13.4.5',
    'What describes the inside is not told to strangers',
    ['what is not understood is refused in words'],
    'The description of the interface is public on purpose: it names no data.',
  ),
  row(
    '14.2.1',
    'Nothing about anybody stands in an address',
    ['A new device reads the coordinator’s code', 'A stranger of the district’s sign-in is told'],
    'Ids and search words of the roster do; they are not logged.',
  ),
  row('14.2.2', 'Nothing about anybody is kept by caches', [HEADERS]),
  row('14.2.3', 'Nothing goes to third parties', ['pages ask nobody else']),
  row('14.3.1', 'Signing out takes away what could be read', [
    '[S9] Signing out takes the names away',
    'Half-typed names of students leave',
  ]),
  row('14.3.2', 'Answers say that they are not to be kept', [HEADERS]),
  row(
    '14.3.3',
    'No sensitive data in the browser’s storage',
    ['[S9] Signing out takes the names away', '[S7] A student who leaves is gone from disk'],
    'Deviation: names of the own classes are kept, since staff work without a network.',
  ),
  row('15.1.2', 'A bill of materials', ['the bill of materials names every library']),
  row(
    '15.2.1',
    'No library with a known hole',
    ['every library is the one that was looked at'],
    'What is installed is fixed by hash; whether it has holes is asked of the registry by `npm run audit`, for each release.',
  ),
  row('15.2.2', 'What is dear to do is bounded', ['when too many devices send at once', 'a packet belongs to who asked for it']),
  row('15.2.3', 'Only what is needed is in use', ['the product runs without its tests']),
  row('15.3.1', 'Answers hold the fields that are needed', ['a list of people tells what its screen needs']),
  row(
    '15.3.2',
    'The server follows no redirects for anybody',
    ['the server follows nobody who sends it on'],
    'It asks the provider of the operator’s own sign-in alone.',
  ),
  row('15.3.3', 'Fields that nobody asked for are not taken', ['nobody becomes more by saying so']),
  row('15.3.4', 'Where a request comes from is not believed', ['what the proxy alone should say']),
  row('15.3.5', 'Types are strict', ['nobody becomes more by saying so', FUZZ]),
  row('15.3.6', 'Objects cannot be polluted', ['names that reach into objects are only names']),
  row('15.3.7', 'Parameters given twice do no harm', ['names that reach into objects are only names']),
  row('16.2.1', 'Entries say when, who, what', [
    'who was shown or took away a student’s record',
    'an event is judged by the school its recorder',
  ]),
  row('16.2.2', 'Times are UTC', ['A moment is shown in the site’s zone']),
  row('16.2.4', 'Entries can be read by machines', ['an honest log of two hundred events holds']),
  row('16.2.5', 'Logs hold nothing that is secret', [NAMELESS]),
  row('16.3.1', 'Sign-ins are written down, those that failed too', ['every sign-in is written down']),
  row('16.3.2', 'What was refused is written down', [
    'what is refused to somebody who is signed in is written down',
    'every sign-in is written down',
  ]),
  row('16.3.3', 'Attempts to get around are written down', [
    'every sign-in is written down',
    'a device that brings back a checkpoint of another log',
  ]),
  row('16.3.4', 'Faults are written down', [NAMELESS]),
  row('16.4.1', 'Entries cannot be forged by what is entered', [NAMELESS]),
  row('16.4.2', 'Logs cannot be changed', ['an event can be neither changed nor deleted', 'who was shown or took away a student’s record']),
  row('16.5.1', 'Faults show nothing of the inside', ['what is not understood is refused in words']),
  row('16.5.2', 'What fails outside does not stop the rest', ['while the provider is down']),
  row('16.5.3', 'What fails, fails closed', ['a route that does not say who may call it', '[S4] a full disk acknowledges nothing']),
]

/** Chosen of level 3 as well. */
export const CHOSEN: readonly Requirement[] = [
  row('1.2.10', 'Cells of files cannot become formulas', ['the roster as a file has the same figures, and no name becomes a formula']),
  row('1.3.12', 'No regular expression that grows without end', [FUZZ]),
  row('2.3.5', 'Two people for what matters most', [
    'what two people decide on is asked once',
    'a period is signed with its place in the log',
    'one sign-in is not two people',
  ]),
  row('3.4.8', 'A window of its own', [HEADERS]),
  row('3.6.1', 'Nothing from elsewhere is loaded', ['pages ask nobody else']),
  row('5.3.3', 'Packed files cannot leave their folder', ['A zip is refused in one sentence']),
  row('6.3.8', 'Nobody can tell who has an account', ['a wrong password and an unknown name get the same answer']),
  row('7.5.3', 'A fresh proof before records are taken away', [
    'taking records away in bulk asks for a fresh code',
    'without a second factor the password shows again',
  ]),
  row(
    '8.3.2',
    'A changed role holds at once',
    ['an event is judged by the school its recorder', '[S9] a revoked device is signed out'],
    'Online at once; a tablet without a network is judged when it comes back.',
  ),
  row('14.2.6', 'No more than is needed is shown', ['one student’s whole record is given']),
  row('14.2.7', 'What is not needed any more goes', ['afterwards the names are nowhere in the data folder']),
  row('16.5.4', 'A last place for every fault', ['what is not understood is refused in words']),
]
