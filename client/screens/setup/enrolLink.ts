const HEAD = '#enrol='

/** The address a new device's camera reads: the sign-in page, with the code behind a `#`, which no server and no log is told. */
export const enrolLink = (code: string): string => `${window.location.origin}/sign-in${HEAD}${code}`

/** The code in this page's address, as what a sign-in was asked for; nothing where there is none. */
export const codeInAddress = (): { readonly enrolCode?: string } => {
  const { hash } = window.location
  return hash.startsWith(HEAD) ? { enrolCode: hash.slice(HEAD.length).slice(0, 40) } : {}
}

/** Takes it out of the address: nobody sends it on by mistake. */
export function dropCodeInAddress(): void {
  const { hash, pathname } = window.location
  if (hash.startsWith(HEAD)) window.history.replaceState(window.history.state, '', pathname)
}
