// What a holding would bring if it were sold at a price now, to the won. The server's half is
// portfolio/analytics/liquidation.py; one table tests both. Whole won below 2^53, so every step is exact.
const PARTS = 100_000

const cut = (amount, by) => (amount - (amount % by)) / by
const commission = (amount, parts) => cut(amount * parts, PARTS * 10) * 10

export function liquidate({ quantity, cost, bought, loan, commission: parts, tax }, price) {
  const value = price * quantity
  const after = value - commission(value, parts) - cut(value * tax, PARTS)
  return { value, cost, profit: after - bought - cost, proceeds: after - loan }
}

export const together = (worths) =>
  worths.reduce(
    (sum, { value, cost, profit, proceeds }) => ({
      value: sum.value + value,
      cost: sum.cost + cost,
      profit: sum.profit + profit,
      proceeds: sum.proceeds + proceeds,
    }),
    { value: 0, cost: 0, profit: 0, proceeds: 0 },
  )

// Selling now meets the best bid; where none is known (or the book is far older than the last trade), the last price.
const OLD = 600_000

export function price({ quote, best }) {
  const bid = best?.bid
  const isPresent = bid > 0 && (!quote || best.heard >= quote.heard - OLD)
  return isPresent ? bid : (quote?.price ?? null)
}
