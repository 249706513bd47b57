// Candles as numbers, no drawing: [time, open, high, low, close, volume]. Times are what the chart library
// takes: "YYYY-MM-DD" for days and longer, seconds shifted to Seoul for the rest (it knows no time zones).

export const SEOUL = 9 * 3600
const DAY = 86_400

export const isDaily = (span) => ["day", "week", "month", "year"].includes(span)

// Which prints belong to the bars: [opens, closes] in seconds since midnight in Seoul. Others move the price only.
export const OFFICIAL = [9 * 3600, 15.5 * 3600]
export const inSession = (at, [opens, closes] = OFFICIAL) => {
  const time = (at + SEOUL) % DAY
  return time >= opens && time <= closes
}

const day = (at) => new Date((at + SEOUL) * 1000).toISOString().slice(0, 10)

export function bucket(at, span) {
  if (span === "day") return day(at)
  if (span === "tick") return at + SEOUL
  const width = 60 * parseInt(span)
  return Math.floor((at + SEOUL) / width) * width
}

// The last bar after one more print of `size` at `price`: the same bar moved, or a new one.
export function grow(last, span, { at, price, volume, size }) {
  if (["week", "month", "year"].includes(span)) return moved(last, price, size)
  const time = bucket(at, span)
  if (span === "tick") return [Math.max(time, last ? last[0] + 0.001 : 0), price, price, price, price, size]
  if (!last || time > last[0]) return [time, price, price, price, price, span === "day" ? volume : size]
  if (time < last[0]) return null
  return moved(last, price, size)
}

const moved = ([time, open, high, low, , volume], price, size) => [
  time,
  open,
  Math.max(high, price),
  Math.min(low, price),
  price,
  volume + size,
]

// Simple moving averages of the closes, one a bar: NaN where there are too few of them.
export function means(bars, length) {
  let sum = 0
  return bars.map((bar, n) => {
    sum += bar[4] - (n >= length ? bars[n - length][4] : 0)
    return n >= length - 1 ? sum / length : NaN
  })
}

// The one at bar n.
export function mean(bars, n, length) {
  if (n + 1 < length) return NaN
  let sum = 0
  for (let i = n - length + 1; i <= n; i += 1) sum += bars[i][4]
  return sum / length
}

// Seconds may repeat among ticks; the chart wants every time to be later than the one before.
export function strictly(bars) {
  let before = -Infinity
  return bars.map((bar) => {
    const time = typeof bar[0] === "number" && bar[0] <= before ? before + 0.001 : bar[0]
    before = time
    return [time, ...bar.slice(1)]
  })
}

// Older bars in front of those we have; what overlaps is told by the newer answer.
export function joined(older, bars) {
  const first = bars[0]?.[0]
  return [...(first === undefined ? older : older.filter((bar) => bar[0] < first)), ...bars]
}

// "2026-11-20 (금)", "11-20 (금) 14:05": when a bar begins, in Seoul.
export function moment(time, span) {
  const at = new Date(typeof time === "string" ? `${time}T00:00Z` : time * 1000)
  const two = (number) => String(number).padStart(2, "0")
  const on = `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} (${weekday.format(at)})`
  if (isDaily(span)) return `${at.getUTCFullYear()}-${on}`
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  return span === "tick" ? `${on} ${clock}:${two(at.getUTCSeconds())}` : `${on} ${clock}`
}

const weekday = new Intl.DateTimeFormat(document.documentElement.lang || "ko", { weekday: "short", timeZone: "UTC" })

// Fills as marks: one per bar and side, sized by quantity; the biggest is twice the smallest.
// `trades` are the numbers of the trades they belong to.
export function marks(fills, bars, span) {
  if (!bars.length) return []
  const sums = new Map()
  for (const { at, day: on, side, quantity, trade } of fills) {
    const time = placed(bars, isDaily(span) ? on : at === null ? null : bucket(at, span === "tick" ? "1m" : span))
    if (time === undefined) continue
    const key = `${time} ${side}`
    const mark = sums.get(key) ?? { time, side, quantity: 0, trades: new Set() }
    mark.quantity += quantity
    if (trade) mark.trades.add(trade)
    sums.set(key, mark)
  }
  const most = Math.max(1, ...[...sums.values()].map((mark) => mark.quantity))
  return [...sums.values()]
    .map((mark) => ({ ...mark, size: 1 + mark.quantity / most }))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
}

// Where on the chart a moment is; undefined where the bars do not reach back to it.
export const placedAt = (bars, span, at) =>
  bars.length ? placed(bars, isDaily(span) ? day(at) : bucket(at, span === "tick" ? "1m" : span)) : undefined

// The bar a moment falls into: the last one that does not begin after it.
function placed(bars, time) {
  if (time === null || time < bars[0][0]) return undefined
  let low = 0
  let high = bars.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (bars[middle][0] <= time) low = middle
    else high = middle - 1
  }
  return bars[low][0]
}
