// The practice room: three people side by side, the same bot, and a clock that can be moved.

import * as clock from "/clock.js";
import { Pane } from "/panes.js";
import { get, post } from "/server.js";
import { told } from "/told.js";
import * as words from "/words.js";

const $ = (id) => document.getElementById(id);
const ROLES = ["employee", "leader", "group"];
const chats = new Map(); // id → { id, kind, name, messages }
const panes = [];
let people = [];

const remembered = (name) => localStorage.getItem(`vaern.${name}`);
const remember = (name, value) => localStorage.setItem(`vaern.${name}`, value);

async function begin() {
  wear(remembered("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  await words.load();
  words.choose(remembered("language") || "da");
  const state = await get("/api/state");
  open(state);
  speak();
  bind();
  listen();
}

function open(state) {
  people = state.people;
  for (const role of ROLES) panes.push(new Pane(role, state, { chats, people, shown }));
  $("panes").replaceChildren(...panes.map((pane) => pane.element));
  takeOver(state);
  select(0);
}

const shown = (chat) => panes.some((pane) => pane.chatId === chat);

function takeOver(state) {
  for (const chat of Object.values(state.chats)) chats.set(chat.id, chat);
  for (const pane of panes) pane.showChat();
  clock.set(state);
}

/** Put everything into the language chosen; cards keep the language the bot wrote them in. */
function speak() {
  words.label();
  $("language").textContent = words.say("other_language");
  $("language").lang = words.other();
  $("tabs").setAttribute("aria-label", words.say("tabs"));
  $("jump").setAttribute("aria-label", words.say("clock"));
  $("jump").querySelector(".next").setAttribute("aria-label", words.say("clock.next") + words.say("clock.next_rest"));
  showTheme();
  clock.show();
  for (const pane of panes) pane.speak();
  showTabs();
}

function wear(theme) {
  document.documentElement.dataset.theme = theme;
}

function showTheme() {
  $("theme").textContent = words.say(document.documentElement.dataset.theme === "light" ? "dark" : "light");
}

function bind() {
  $("theme").onclick = () => {
    const theme = document.documentElement.dataset.theme === "light" ? "dark" : "light";
    remember("theme", theme);
    wear(theme);
    showTheme();
  };
  $("language").onclick = changeLanguage;
  for (const button of $("jump").querySelectorAll("button")) button.onclick = () => move(button.dataset.step);
  $("tabs").onkeydown = walkTabs;
  setInterval(clock.show, 5000);
}

/** The page changes, and the people shown write the bot's own word for the language. */
async function changeLanguage() {
  const language = words.other();
  remember("language", language);
  words.choose(language);
  speak();
  await post("/api/language", { language, chats: panes.map((pane) => pane.chat.id) });
}

async function move(step) {
  const buttons = [...$("jump").querySelectorAll("button")];
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  $("clock").setAttribute("aria-busy", "true");
  const answer = await post("/api/clock", { step });
  if (answer.now) clock.set(answer);
  if (answer.moved === false) told(words.say("clock.nothing_waits"));
  $("clock").removeAttribute("aria-busy");
  for (const button of buttons) button.removeAttribute("aria-disabled");
}

function listen() {
  const events = new EventSource("/api/events");
  let lost = false;
  events.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
  events.addEventListener("clock", ({ data }) => clock.set(JSON.parse(data)));
  events.onerror = () => {
    if (!lost) told(words.say("trouble.room"));
    lost = true;
  };
  events.onopen = async () => {
    const state = await get("/api/state");
    if (lost || missedSomething(state)) takeOver(state);
    lost = false;
  };
}

/** Whether something was said between the first look at the room and the stream of what happens in it. */
function missedSomething({ chats: now }) {
  return Object.values(now).some(({ id, messages }) => messages.length > (chats.get(id)?.messages.length ?? 0));
}

async function hear({ chat: id, message }) {
  if (!chats.has(id)) return takeOver(await get("/api/state"));
  const { messages } = chats.get(id);
  const place = messages.findIndex(({ id }) => id === message.id);
  place < 0 ? messages.push(message) : (messages[place] = message);
  for (const pane of panes) pane.hear(id, message, place < 0);
  showTabs();
}

function showTabs() {
  const focused = document.activeElement?.id;
  $("tabs").replaceChildren(...panes.map(tab));
  if (focused?.startsWith("tab-")) $(focused).focus();
}

function tab(pane, place) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", role: "tab", id: `tab-${pane.role}`, textContent: pane.tabName });
  button.setAttribute("aria-selected", pane.selected);
  button.setAttribute("aria-controls", pane.element.id);
  button.tabIndex = pane.selected ? 0 : -1;
  button.classList.toggle("unread", pane.unread);
  if (pane.unread) button.setAttribute("aria-label", `${pane.tabName}, ${words.say("unread")}`);
  button.onclick = () => select(place);
  return button;
}

function select(place) {
  panes.forEach((pane, index) => pane.select(index === place));
  showTabs();
}

function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const place = (panes.findIndex((pane) => pane.selected) + step + panes.length) % panes.length;
  select(place);
  $(`tab-${panes[place].role}`).focus();
}

begin();
