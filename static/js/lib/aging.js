// Every live number ages: after five seconds of silence it turns grey (data-silent), and it tells its exact age.
import { explains } from "#lib/age-tip"
import { everySecond, exact, isSilent } from "#lib/ages"

// Returns { hear(value), stop() }: to be told of every update, and of the end.
export function aging(element, topic) {
  let value
  const look = looking(element, topic)
  explains(element, () => exact(topic, value))
  const stop = everySecond(look)
  return {
    hear(update) {
      value = update
      look()
    },
    stop,
  }
}

// A block of numbers of one topic whose age a chip beside its title tells: it turns grey with them. Returns how to stop.
export const greying = (element, topic) => everySecond(looking(element, topic))

const looking = (element, topic) => () => {
  const silent = isSilent(topic)
  if (silent !== element.hasAttribute("data-silent")) element.toggleAttribute("data-silent", silent)
}
