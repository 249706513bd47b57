// Figures as text, the browser's half. The server's is kiwoomweb/ui/templatetags/money.py; one table tests both.
// Amounts are whole won, rates are percent. null is unknown and becomes a dash, never a zero.

const UNKNOWN = "—"
const MINUS = "\u2212"
const MAN = 1e4
const EOK = 1e8
const JO = 1e12
const SCALES = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]]

const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })
const inKorean = () => !document.documentElement.lang.startsWith("en")
const minus = (value) => (value < 0 ? MINUS : "")
const sign = (value) => (value > 0 ? "+" : minus(value))
// Made once for each number of decimals: making one takes as long as writing a hundred numbers with it.
const formats = new Map()
function grouped(value, places) {
  if (!formats.has(places)) formats.set(places, new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }))
  return formats.get(places).format(value)
}

// Halves round away from zero; the tiny nudge undoes what binary fractions take away (2.375, 1.005).
const rounded = (value, places) => {
  const scale = 10 ** places
  return (Math.sign(value) * Math.round(Math.abs(value) * scale * (1 + Number.EPSILON))) / scale || 0
}

const known = (value) => value !== null && value !== undefined && value !== ""

export const won = (value) => (known(value) ? minus(value) + plain.format(Math.abs(value)) : UNKNOWN)

// An index level or a price with so many decimals: 2,874.53.
export const level = (value, digits) => (known(value) ? minus(value) + grouped(rounded(Math.abs(value), digits), digits) : UNKNOWN)

export const signed = (value) => (known(value) ? sign(value) + plain.format(Math.abs(value)) : UNKNOWN)

export const compact = (value) => {
  if (!known(value)) return UNKNOWN
  const amount = Math.abs(value)
  return minus(value) + (inKorean() ? korean(amount) : western(amount))
}

export const short = (value) => {
  if (!known(value)) return UNKNOWN
  const amount = Math.abs(value)
  if (!inKorean()) return minus(value) + western(amount)
  if (amount < MAN) return minus(value) + plain.format(amount)
  if (amount < 9999 * MAN) return minus(value) + parts(amount, MAN, amount < 1000 * MAN ? 1 : 0) + "만"
  return minus(value) + parts(amount, EOK, 2) + "억"
}

export const percent = (value) => {
  if (!known(value)) return UNKNOWN
  const shown = rounded(Number(value), 2)
  return `${sign(shown)}${grouped(Math.abs(shown), 2).replaceAll(",", "")}%`
}

export const unsigned_percent = (value) =>
  known(value) ? `${grouped(rounded(Number(value), 1), 1).replaceAll(",", "")}%`.replace("-", MINUS) : UNKNOWN

export const trend = (value) => (known(value) ? ["fall", "flat", "rise"][Math.sign(value) + 1] : "unknown")

export const arrow = (value) => (value > 0 ? "▲" : value < 0 ? "▼" : "")

function parts(amount, unit, places) {
  return grouped(rounded(amount / unit, places), places)
}

function korean(amount) {
  if (amount < MAN) return plain.format(amount)
  const [upper, lower, big, small] = amount >= JO ? [JO, EOK, "조", "억"] : [EOK, MAN, "억", "만"]
  const steps = Math.floor((amount + lower / 2) / lower)
  const head = Math.floor(steps / (upper / lower))
  const tail = steps % (upper / lower)
  return [head && plain.format(head) + big, tail && plain.format(tail) + small].filter(Boolean).join(" ")
}

function western(amount) {
  if (amount < MAN) return plain.format(amount)
  const [unit, letter] = SCALES.find(([size]) => amount >= size)
  return parts(amount, unit, 1) + letter
}
