// The case clock and the thread: the 72 hours from episode to deadline, with the reminders where they really fall.

import { left, moment, say } from "/words.js";

const $ = (id) => document.getElementById(id);
const MINUTE = 60e3;
const HOUR = 60 * MINUTE;
let ahead = 0; // milliseconds the case clock is ahead of this machine's
let shown = null; // the thread as the server told it, or null

export const now = () => Date.now() + ahead;

/** Take over what the server says the time is. */
export function set({ now: at, thread }) {
  ahead = Date.parse(at) - Date.now();
  shown = thread;
  show();
}

export function show() {
  $("clock").setAttribute("aria-label", say("clock"));
  write($("now"), moment(now(), "long"));
  shown ? showDeadline() : showNothing();
}

function showNothing() {
  write($("left"), say("deadline.none"));
  $("thread").setAttribute("aria-label", say("thread.none"));
  $("thread").replaceChildren(part("rail"));
}

function showDeadline() {
  const remaining = Date.parse(shown.deadline) - Math.floor(now() / MINUTE) * MINUTE; // from the minute shown, as said
  const words = remaining > 0 ? say("deadline.left", { left: left(remaining) }) : say("deadline.passed");
  write($("left"), words, remaining > 0 ? left(remaining) : "");
  const told = { began: moment(shown.began_at, "long"), deadline: moment(shown.deadline, "long"), left: words };
  $("thread").setAttribute("aria-label", say("thread", told));
  drawThread();
}

/** Only what changed is written, so that nothing is read aloud twice. The last words may be emphasised. */
function write(element, words, emphasised = "") {
  if (element.textContent === words) return;
  const [before, after = ""] = emphasised ? words.split(emphasised) : [words];
  element.replaceChildren(before);
  if (emphasised) element.append(Object.assign(document.createElement("b"), { textContent: emphasised }), after);
}

function drawThread() {
  const thread = $("thread");
  const gone = along(now());
  const knob = thread.querySelector(".knob") || part("knob");
  const passed = thread.querySelector(".gone") || part("gone");
  const marks = shown.reminders.map(({ at }) => part("mark", "", along(Date.parse(at))));
  const names = shown.reminders.map((reminder) => part("name", nameOf(reminder), along(Date.parse(reminder.at))));
  const ends = [part("name from", moment(shown.began_at, "day"), 0), part("name to", say("thread.deadline", { moment: moment(shown.deadline, "day") }), 100)];
  thread.replaceChildren(part("rail"), passed, ...marks, ...ends, ...names, knob);
  thinOut([ends[0], ...names]);
  requestAnimationFrame(() => {
    passed.style.width = `${gone}%`;
    knob.style.left = `${gone}%`;
  });
}

function along(at) {
  const from = Date.parse(shown.began_at);
  return Math.min(100, Math.max(0, (100 * (at - from)) / (Date.parse(shown.deadline) - from)));
}

/** The hours before the deadline; the time of day where night has moved it. */
function nameOf({ at, hours }) {
  const moved = Math.abs(Date.parse(shown.deadline) - hours * HOUR - Date.parse(at)) > MINUTE;
  return moved ? moment(at, "time") : say("thread.hours", { hours });
}

function part(kind, words = "", place = null) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = words;
  if (place !== null) element.style.left = `${place}%`;
  return element;
}

/** A name that would lie on the one before it is left out; its mark stays. */
function thinOut(names) {
  let end = -Infinity;
  for (const name of names) {
    const { left: from, right: to } = name.getBoundingClientRect();
    name.hidden = from < end + 6;
    if (!name.hidden) end = to;
  }
}

addEventListener("resize", () => shown && drawThread());
