// The steps of prices (호가 단위), in won. A ticket brings the bands of its instrument; without them the steps of
// Korean shares since January 2023 hold.

const SHARES = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
  [null, 1_000],
]

// The step at this price; `bands` are [below, step] from the lowest up, the last without an upper end.
export const stepAt = (price, bands = SHARES) => bands.find(([below]) => below === null || price < below)[1]

// The nearest price an order could have.
export function onTick(price, bands = SHARES) {
  const step = stepAt(price, bands)
  return Math.max(1, Math.round(price / step) * step)
}

// The existing prices around one that does not exist: [at or below, above].
export function around(price, bands = SHARES) {
  const low = Math.floor(price / stepAt(price, bands)) * stepAt(price, bands)
  return [low, low + stepAt(low, bands)]
}

// The price so many steps up or down; a step down from a band's edge is the smaller one below it.
export function stepped(price, count, bands = SHARES) {
  let at = count > 0 ? around(price, bands)[0] : Math.ceil(price / stepAt(price, bands)) * stepAt(price, bands)
  for (let n = Math.abs(count); n > 0; n -= 1) at = count > 0 ? at + stepAt(at, bands) : at - stepAt(at - 1, bands)
  return Math.max(at, stepAt(1, bands))
}

// How many steps lie between two existing prices, at most `most`; negative when `to` is lower.
export function ticksBetween(from, to, bands = SHARES, most = 999) {
  const way = Math.sign(to - from)
  let [at, count] = [from, 0]
  while (way && (to - at) * way > 0 && count < most) {
    at = stepped(at, way, bands)
    count += 1
  }
  return way * count
}
