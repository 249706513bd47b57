// <trade-chart data-address data-span data-stop data-goal>: one trade drawn and played again.
// A saved review says "trade:planned" with both prices: the lines move at once, and can be carried by hand.
// The server gives the tabs (data-span), the switch, the replay bar; the address answers with all numbers.
// Rows of the 체결 table (tr[data-move]) turn pale while the reader stands before them.
import { strictly } from "#lib/candles"
import { arrow, short, signed, trend, won } from "#lib/format"
import { carriable } from "#lib/plan-lines"
import { onLooks } from "#lib/preferences"
import { Replay } from "#lib/replay"

const SLOW = 400 // milliseconds after which the reader is told that bars are being fetched
const two = (number) => String(number).padStart(2, "0")

class TradeChart extends HTMLElement {
  #leaving
  #drawing
  #told
  #replay

  async connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.slider = this.querySelector("[type=range]")
    this.#replay = new Replay((place) => this.#stand(place), (playing, speed) => this.#say_playing(playing, speed))
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")), { signal })
    this.slider.addEventListener("input", () => this.#replay.go(Number(this.slider.value)), { signal })
    this.addEventListener("keydown", (event) => this.#key(event), { signal })
    const { TradeDrawing } = await import("#lib/trade-drawing")
    if (signal.aborted) return
    const { stopWords, goalWords } = this.dataset
    this.#drawing = new TradeDrawing(this.querySelector(".plot"), { stop: stopWords, goal: goalWords, running: this.dataset.runningWords, count: this.dataset.countWords })
    onLooks(() => this.#told && this.#draw(this.#replay.place), signal)
    document.addEventListener("trade:planned", ({ detail }) => this.#plan(detail), { signal })
    carriable(this.querySelector(".plot"), this.#drawing, () => this.#told && !this.#adjusted, signal)
    await this.#load()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#replay.pause()
    this.#drawing?.remove()
  }

  #press(button) {
    if (!button) return
    const { span, switch: which } = button.dataset
    if ("play" in button.dataset) return this.#replay.toggle()
    if ("speed" in button.dataset) return this.#replay.faster()
    if (which) button.ariaPressed = String(button.ariaPressed !== "true")
    if (span) this.dataset.span = span
    for (const each of this.querySelectorAll("button[data-span]")) each.ariaPressed = String(each.dataset.span === this.dataset.span)
    if (span || which) this.#load()
  }

  // On the slider: arrows move by a bar (the browser does), Shift+arrows from fill to fill, the space bar plays.
  #key(event) {
    if (event.target !== this.slider) return
    if (event.key === " ") this.#replay.toggle()
    else if (event.shiftKey && event.key.startsWith("Arrow")) this.#replay.leap(/Right|Up/.test(event.key) ? 1 : -1)
    else return
    event.preventDefault()
  }

  async #load() {
    const { span, address } = this.dataset
    const slow = setTimeout(() => this.#say(this.dataset.loading), SLOW)
    const reply = await fetch(`${address}?${new URLSearchParams({ span, adjusted: this.#adjusted ? "1" : "0" })}`).catch(() => null)
    clearTimeout(slow)
    if (span !== this.dataset.span || this.#leaving.signal.aborted) return // the reader has chosen another meanwhile
    if (!reply?.ok) return this.#say(this.dataset.unreachable)
    this.#told = await reply.json()
    this.#told.bars = strictly(this.#told.bars)
    this.#say(this.#told.trouble)
    this.querySelector("[data-kept]").textContent = this.#told.kept
    this.#replay.load(this.#told.bars.length, this.#told.fills.flatMap(({ i }) => (i === null ? [] : [i])))
    this.slider.max = String(Math.max(0, this.#told.bars.length - 1))
    this.#marks()
    this.#draw()
    this.dataset.drawn = span
    // Bars that came just now have been measured: the cards beside the chart ask again.
    if (this.#told.peaks.length && "unmeasured" in this.dataset) document.dispatchEvent(new CustomEvent("trade:measured"))
    delete this.dataset.unmeasured
  }

  get #adjusted() {
    return this.querySelector("[data-switch=adjusted]").ariaPressed === "true"
  }

  // What the plan is now, as the server has saved it; "" is none.
  #plan({ stop, goal }) {
    this.dataset.stop = stop
    this.dataset.goal = goal
    this.#drawing.plan({ stop: Number(stop), goal: Number(goal) })
  }

  #draw(place) {
    const { stop, goal } = this.dataset
    this.#drawing.paint(this.dataset.span === "day")
    this.#drawing.show(this.#told, { stop: Number(stop), goal: Number(goal) })
    this.#replay.go(place ?? this.#told.bars.length - 1)
  }

  #stand(place) {
    if (!this.#told?.bars.length) return
    const { bars, begin, running, fills } = this.#told
    this.#drawing.until(place)
    this.slider.value = String(place)
    const point = place < begin ? null : running[Math.min(place - begin, running.length - 1)]
    const at = moment(bars[place][0])
    this.slider.ariaValueText = point ? `${at} ${signed(point[0])}` : at
    this.querySelector("[data-moment]").textContent = at
    this.#then(point)
    for (const row of document.querySelectorAll("#moves [data-move]")) {
      const { i } = fills[Number(row.dataset.move)] ?? {}
      row.classList.toggle("later", i !== undefined && i !== null && i > place)
    }
  }

  // 그때 손익, and what was held then.
  #then(point) {
    const box = this.querySelector("[data-then]")
    const value = point?.[0] ?? null
    box.className = `amount ${trend(value)}`
    box.textContent = value === null ? "—" : `${arrow(value)} ${short(Math.abs(value))}`.trim()
    box.title = signed(value)
    this.querySelector("[data-held]").textContent = point?.[1] ? this.dataset.sharesWords.replace("{n}", won(point[1])) : ""
  }

  // The fills on the scrub bar.
  #marks() {
    const { fills, bars } = this.#told
    const box = this.querySelector(".marks")
    box.replaceChildren()
    for (const { i, side } of fills) {
      if (i === null) continue
      const mark = document.createElement("i")
      mark.className = side
      mark.style.left = `${(i / Math.max(1, bars.length - 1)) * 100}%`
      box.append(mark)
    }
  }

  #say_playing(playing, speed) {
    const button = this.querySelector("[data-play]")
    button.ariaPressed = String(playing)
    button.ariaLabel = playing ? this.dataset.pause : this.dataset.play
    this.querySelector("[data-speed]").textContent = `${speed}×`
  }

  #say(trouble) {
    const note = this.querySelector(".note")
    note.textContent = trouble ?? ""
    note.hidden = !trouble
  }
}

// "11-18 10:21" of what the chart takes for a time.
function moment(time) {
  if (typeof time === "string") return time.slice(5)
  const at = new Date(time * 1000)
  return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

customElements.define("trade-chart", TradeChart)
