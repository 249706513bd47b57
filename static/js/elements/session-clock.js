// <session-clock>: which session it is and how long it lasts; between sessions, what comes next and when. The page
// says when it was drawn and which sessions there are (data-clock, data-windows of its body). From there the clock
// follows the broker's: it is never behind the last moment the broker has told.
import { everySecond } from "#lib/ages"
import { follow } from "#lib/live"
import { seconds } from "#lib/words"

class SessionClock extends HTMLElement {
  #stops = []
  #ahead
  #windows

  connectedCallback() {
    this.#windows = JSON.parse(document.body.dataset.windows).map(([venue, name, opens, closes]) => ({ venue, name, opens, closes }))
    this.#ahead = Number(document.body.dataset.clock) * 1000 - Date.now()
    this.#stops = [everySecond(() => this.#show()), follow("index:001", ({ at }) => this.#hear(at))]
    this.#show()
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  #hear(at) {
    this.#ahead = Math.max(this.#ahead, at * 1000 - Date.now())
  }

  #show() {
    const now = (Date.now() + this.#ahead) / 1000
    const open = this.#windows.filter(({ opens, closes }) => opens <= now && now < closes)
    const [first] = open.toSorted((a, b) => a.venue.localeCompare(b.venue)) // KRX before NXT
    const next = this.#windows.find(({ opens }) => opens > now)
    this.toggleAttribute("data-open", Boolean(first))
    this.#write("[data-name]", first?.name ?? this.#pause(next, now))
    this.#write("[data-left]", first ? this.dataset.left.replace("{left}", this.#span(first.closes - now)) : "")
    this.title = this.#windows.map((each) => `${day(each.opens)} ${seconds(each.opens).slice(0, 5)}–${seconds(each.closes).slice(0, 5)} ${each.name}`).join("\n")
  }

  #pause(next, now) {
    if (!next) return "—"
    if (day(next.opens) === day(now))
      return this.dataset.until.replace("{name}", next.name).replace("{left}", this.#span(next.opens - now))
    return this.dataset.closed.replace("{at}", `${day(next.opens)} ${seconds(next.opens).slice(0, 5)}`)
  }

  #span(left) {
    const [hours, minutes] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60)]
    if (hours) return this.dataset.hours.replace("{h}", hours).replace("{m}", minutes)
    if (minutes) return this.dataset.minutes.replace("{m}", minutes)
    return this.dataset.seconds.replace("{s}", Math.floor(left))
  }

  #write(where, text) {
    const part = this.querySelector(where)
    if (part.textContent !== text) part.textContent = text
  }
}

const days = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Seoul", month: "2-digit", day: "2-digit" })
const day = (at) => days.format(new Date(at * 1000))

customElements.define("session-clock", SessionClock)
