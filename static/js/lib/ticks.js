// The steps of prices (호가 단위) of Korean shares since January 2023, in won.

const STEPS = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
  [Infinity, 1_000],
]

// The nearest price an order could have.
export function onTick(price) {
  const [, step] = STEPS.find(([below]) => price < below)
  return Math.max(1, Math.round(price / step) * step)
}
