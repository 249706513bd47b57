// <live-age topic="quote:005930">: how old a live block is. Teal under three seconds, amber above, grey after
// a minute; a share nobody has traded yet says so; when the feed is lost it says since when, and the numbers
// beside it are the last good ones.
import { age, feed, follow } from "#lib/live"
import { minutes, seconds, word } from "#lib/words"

const FRESH = 3_000
const RECENT = 60_000

class LiveAge extends HTMLElement {
  #stop
  #timer
  #value

  connectedCallback() {
    this.classList.add("age")
    this.#stop = follow(this.getAttribute("topic"), (value) => {
      this.#value = value
      this.#show()
    })
    this.#timer = setInterval(() => this.#show(), 1000)
    this.#show()
  }

  disconnectedCallback() {
    this.#stop()
    clearInterval(this.#timer)
  }

  #show() {
    const [kind, said] = this.#judge(age(this.getAttribute("topic")))
    this.classList.toggle("old", kind === "old")
    this.classList.toggle("none", kind === "none")
    if (this.textContent !== said) this.textContent = said
  }

  #judge(old) {
    const { state, since, waiting } = feed()
    if (state === "lost") return ["old", word(this.hasAttribute("brief") ? "cut" : "lost", { since: minutes(since) })]
    if (waiting?.includes(this.getAttribute("topic").split(":")[1])) return ["old", word("waiting")]
    if (old === null) return ["none", word(state === "live" ? "quiet" : "connecting")]
    if (old < FRESH) return ["fresh", word("ago", { n: (Math.max(old, 0) / 1000).toFixed(1) })]
    if (old < RECENT) return ["old", word("ago", { n: Math.round(old / 1000) })]
    return ["none", word("traded", { at: seconds(this.#value.at) })]
  }
}

customElements.define("live-age", LiveAge)
