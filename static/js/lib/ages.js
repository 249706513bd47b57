// How old a live value is, in a look and in words. Teal under three seconds, amber up to five, grey after five
// seconds of silence; when the feed is lost it is said since when. One clock a second serves everything that asks.
import { age, feed, silence } from "#lib/live"
import { minutes, seconds, word } from "#lib/words"

export const FRESH = 3_000
export const SILENT = 5_000
const RECENT = 60_000

const listeners = new Set()
let clock

// Calls back once a second, while anybody listens. Returns how to stop.
export function everySecond(callback) {
  listeners.add(callback)
  clock ??= setInterval(() => listeners.forEach((each) => each()), 1000)
  return () => {
    listeners.delete(callback)
    if (listeners.size) return
    clearInterval(clock)
    clock = undefined
  }
}

// When the market said it; a tape is as old as its last print.
const momentOf = (value) => value?.at ?? value?.prints?.at(-1)?.[1]

// When the feed was lost, by the market's clock: that of the practice exchange may be ahead of ours.
export const lostSince = (since) => minutes(since + Number(document.body.dataset.ahead ?? 0))

const symbolOf = (topic) => topic.split(":")[1]

export const isWaiting = (topic) => feed().waiting?.includes(symbolOf(topic)) ?? false

// [look, words] of a chip: fresh, old (late, lost, waiting) or none (silent for five seconds, or never said).
export function judge(topic, value, brief = false) {
  const { state, since } = feed()
  const old = age(topic)
  if (state === "lost") return ["old", word(brief ? "cut" : "lost", { since: lostSince(since) })]
  if (isWaiting(topic)) return ["old", word(brief ? "waits" : "waiting")]
  if (old === null) return ["none", word(state === "live" ? "quiet" : brief ? "joins" : "connecting")]
  const ago = (n) => word("ago", { n })
  if (old < FRESH) return ["fresh", ago((Math.max(old, 0) / 1000).toFixed(1))]
  if (old < SILENT) return ["old", ago(Math.round(old / 1000))]
  if (old < RECENT) return ["none", ago(Math.round(old / 1000))]
  return ["none", word("traded", { at: seconds(momentOf(value)) })]
}

// The exact age as a sentence, for hover, focus and screen readers.
export function exact(topic, value) {
  const { state, since } = feed()
  const old = age(topic)
  if (old === null) return judge(topic, value)[1]
  const told = word("exact", { n: (Math.max(old, 0) / 1000).toFixed(1), at: seconds(momentOf(value)) })
  if (state === "lost") return `${told} · ${word("lost", { since: lostSince(since) })}`
  if (isWaiting(topic)) return `${told} · ${word("waiting")}`
  if (isStale(topic)) return `${told} · ${word("whyStale")}`
  return old > SILENT ? `${told} · ${word("whyQuiet")}` : told
}

// Whether the feed leaves this value without news. A share nobody trades is quiet, not stale: its number is right.
export const isStale = (topic) => feed().state === "lost" || isWaiting(topic) || silence() > SILENT

export const isSilent = (topic) => (age(topic) ?? Infinity) > SILENT || feed().state === "lost"
