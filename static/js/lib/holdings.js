// What all holdings together would bring now: told by the table, heard by the numbers above it.
const heard = new Set()
let last

export function announce(sum) {
  last = sum
  for (const each of heard) each(sum)
}

// Calls back with {value, cost, profit, proceeds, moved} at once if known, and with every change.
export function listen(callback) {
  heard.add(callback)
  if (last) callback(last)
  return () => heard.delete(callback)
}
