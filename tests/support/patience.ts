/** A screen that is tested beside a browser and a server on two cores may take its time: what is waited for is waited for longer than a second. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 8_000 })
}

export {}
