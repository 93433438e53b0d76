/** A first name for this device, from what the browser says of itself; people may give it a better one. */
export function deviceName(agent: string, fallback: string): string {
  const kind = /iPad/.test(agent)
    ? 'iPad'
    : /iPhone/.test(agent)
      ? 'iPhone'
      : /CrOS/.test(agent)
        ? 'Chromebook'
        : /Android/.test(agent)
          ? 'Android'
          : /Windows/.test(agent)
            ? 'Windows'
            : /Macintosh/.test(agent)
              ? 'Mac'
              : /Linux/.test(agent)
                ? 'Linux'
                : undefined
  return kind ?? fallback
}
