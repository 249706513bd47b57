// One live socket per page. Elements follow topics ("quote:005930"); the last one to leave unfollows.
// The server says {seq, ts, updates, events, feed, resync}; every eighth message is acknowledged. A page whose
// address says ?rate=4 hears four frames a second (0.2 to 40, ten unless it says so).
import ReconnectingWebSocket from "partysocket"

const ACK_EVERY = 8
const SILENT_AFTER = 10_000 // the server says something every two seconds
const STAY_AWAY = new Set([4400, 4403]) // not understood, no longer welcome
const LEAVING = 15_000 // another page has been asked for: loading this one again would overtake it

const topics = new Map() // topic -> { callbacks, value, born }
const watchers = new Set()
const account = document.body?.dataset.account
const rate = new URLSearchParams(location.search).get("rate")
const TAPE = 40 // prints kept for an element that comes later; an update carries only what is new
let socket
let heardAt = performance.now()
let seq = 0
let lastEvent = Number(document.body?.dataset.since ?? 0)
let state = { state: "connecting", since: 0, waiting: [] }
let leavingAt = -LEAVING

addEventListener("beforeunload", () => (leavingAt = performance.now()))

// Calls back with every update of the topic, at once with the last one known. Returns how to stop.
export function follow(topic, callback) {
  const entry = topics.get(topic) ?? begin(topic)
  entry.callbacks.add(callback)
  if (entry.value) callback(entry.value)
  return () => {
    entry.callbacks.delete(callback)
    if (entry.callbacks.size === 0) end(topic)
  }
}

// Calls back whenever the feed's state changes, and at once. Returns how to stop.
export function watch(callback) {
  watchers.add(callback)
  callback(state)
  open()
  return () => watchers.delete(callback)
}

// Milliseconds since the value of a topic was heard from the broker; null while none has been.
export const age = (topic) => {
  const born = topics.get(topic)?.born
  return born === undefined ? null : performance.now() - born
}

export const feed = () => state

// The last value of a topic somebody on this page follows; undefined while none has been heard.
export const latest = (topic) => topics.get(topic)?.value

// Milliseconds since the server has said anything at all.
export const silence = () => performance.now() - heardAt

function begin(topic) {
  const entry = { callbacks: new Set() }
  topics.set(topic, entry)
  open()
  say({ follow: [topic] })
  return entry
}

function end(topic) {
  topics.delete(topic)
  say({ unfollow: [topic] })
}

function open() {
  if (socket || !account) return
  const address = async () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws"
    const pass = await ticket()
    const asked = new URLSearchParams({ pass, ...(lastEvent && { since: lastEvent }), ...(rate && { rate }) })
    return `${scheme}://${location.host}/ws/live/${account}/?${asked}`
  }
  socket = new ReconnectingWebSocket(address, [], { minReconnectionDelay: 500, maxReconnectionDelay: 8000 })
  socket.addEventListener("open", () => {
    seq = 0
    say({ follow: [...topics.keys()] })
  })
  socket.addEventListener("message", ({ data }) => hear(JSON.parse(data)))
  socket.addEventListener("close", ({ code }) => lose(code))
  setInterval(listen, 1000)
}

// Each socket needs a pass of its own. Who is not given one has signed out or may no longer look.
async function ticket() {
  const answer = await fetch(`/a/${account}/live/pass/`, { headers: { Accept: "application/json" } })
  if (answer.redirected || answer.status === 404) lose(4403)
  if (!answer.ok || answer.redirected) throw new Error(`no pass: ${answer.status}`)
  return (await answer.json()).pass
}

const say = (what) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what))
}

function hear(message) {
  heardAt = performance.now()
  if (!message.seq) return
  const missed = message.seq !== seq + 1
  seq = message.seq
  if (message.seq % ACK_EVERY === 0) say({ ack: message.seq })
  if (message.feed) change({ waiting: [], ...message.feed })
  else if (state.silent) change({ ...state, state: "connecting", silent: false })
  for (const update of message.updates ?? []) take(update, message.ts)
  for (const event of message.events ?? []) tell(event)
  if (message.events_to) lastEvent = Math.max(lastEvent, message.events_to)
  if (message.resync || missed) document.dispatchEvent(new CustomEvent("live:resync"))
}

// A snapshot may come after a newer update: what was heard earlier never overwrites what was heard later.
function take(update, now) {
  const entry = topics.get(update.topic)
  if (!entry || entry.value?.heard > update.heard) return
  entry.value = update.prints ? { ...update, prints: joined(entry.value?.prints ?? [], update.prints) } : update
  entry.born = performance.now() - Math.max(0, now - update.heard)
  for (const callback of entry.callbacks) callback(update)
}

function joined(known, prints) {
  const last = known.at(-1)?.[0] ?? -1
  return [...known, ...prints.filter(([number]) => number > last)].slice(-TAPE)
}

// Order and balance events: regions of the page refresh on them (hx-trigger="live:order from:document").
function tell(event) {
  lastEvent = Math.max(lastEvent, event.seq)
  document.dispatchEvent(new CustomEvent(`live:${event.kind}`, { detail: event }))
}

function listen() {
  if (performance.now() - heardAt < SILENT_AFTER || state.silent) return
  lose(0)
  socket.reconnect()
}

function lose(code) {
  if (STAY_AWAY.has(code)) {
    socket.close()
    const isLeaving = performance.now() - leavingAt < LEAVING
    setTimeout(() => location.reload(), isLeaving ? LEAVING : 0)
    return
  }
  if (!state.silent) change({ ...state, state: "lost", since: Math.floor(Date.now() / 1000), silent: true })
}

function change(next) {
  const back = state.state === "lost" && next.state === "live"
  state = next
  for (const callback of watchers) callback(state)
  if (back) document.dispatchEvent(new CustomEvent("live:resync"))
}
