// What the cells of the board say: [text, direction, figure] of everything known about one symbol.
import { compact, percent, signed, trend, won } from "#lib/format"

const UNKNOWN = ["—", "unknown", null]
const figure = (value, text, direction = "") => (value === null || value === undefined || value === "" ? UNKNOWN : [text(Number(value)), direction, Number(value)])
const against = (price, close) => (price && close ? trend(price - close) : "")
const day = ({ quote }) => trend(quote.change)

export const CELLS = {
  price: (known) => figure(known.quote?.price, won, known.quote && day(known)),
  change: (known) => figure(known.quote?.change, signed, known.quote && day(known)),
  rate: (known) => figure(known.quote?.rate, percent, known.quote && day(known)),
  volume: ({ quote }) => figure(quote?.volume, won),
  turnover: ({ quote }) => figure(quote?.turnover, compact),
  strength: ({ quote }) => figure(quote?.strength, (value) => `${value.toFixed(2)}%`, trend((quote?.strength ?? 100) - 100)),
  ask: ({ asks, close }) => figure(asks?.[0]?.[0] || null, won, against(asks?.[0]?.[0], close)),
  bid: ({ bids, close }) => figure(bids?.[0]?.[0] || null, won, against(bids?.[0]?.[0], close)),
  open: ({ quote, close }) => figure(quote?.open || null, won, against(quote?.open, close)),
  high: ({ quote, close }) => figure(quote?.high || null, won, against(quote?.high, close)),
  low: ({ quote, close }) => figure(quote?.low || null, won, against(quote?.low, close)),
  held: ({ own }) => figure(own?.quantity || null, won, "amount"),
  gain: ({ own, quote }) => gain(own, quote?.price),
}

// Against what the shares cost, before costs: the overview tells what would be left after them.
function gain(own, price) {
  if (!own?.cost || !own.quantity || !price) return UNKNOWN
  const rate = (100 * (price * own.quantity - own.cost)) / own.cost
  return figure(rate, percent, trend(Number(rate.toFixed(2))))
}

// A live word that leaves something out (a snapshot knows no 체결강도) does not take away what was said before.
export function merged(before, update) {
  const told = Object.entries(update).filter(([, value]) => value !== null)
  return { ...before, ...Object.fromEntries(told) }
}
