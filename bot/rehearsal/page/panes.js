// A pane: one person's chat with Værn, or the group's channel. Messages are updated one by one, and a card is drawn
// anew only when it has changed, so that nobody loses what is half written in another.

import { Composer } from "/composer.js";
import { MessageView } from "/message.js";
import { teller } from "/told.js";
import { label, say } from "/words.js";

const HALVES = { employee: ["full", "hollow"], leader: ["hollow", "full"], group: ["full", "full"] };

export class Pane {
  /** `room`, shared by all panes: { chats, people, shown(chat) }. */
  constructor(role, state, room) {
    this.role = role;
    this.room = room;
    this.chatId = state.panes[role];
    this.speaker = state.speaker;
    this.views = new Map(); // message id → MessageView
    this.news = new Set(); // chats not shown here with something unread
    this.selected = false;
    this.unread = false;
    this.build();
  }

  get chat() {
    return this.room.chats.get(this.chatId);
  }

  get person() {
    return this.room.people.find((person) => person.chat === this.chatId);
  }

  get name() {
    return this.role === "group" ? say("role.group") : this.person.name;
  }

  get subtitle() {
    if (this.role === "group") return say("speaks", { place: this.chat.name, name: this.speaker });
    return this.person.title || say(`role.${this.role}`);
  }

  get tabName() {
    return say(this.role === "group" ? "role.group_short" : `role.${this.role}`);
  }

  build() {
    const pane = document.getElementById("pane").content.cloneNode(true).firstElementChild;
    pane.id = `pane-${this.role}`;
    pane.querySelectorAll("use").forEach((use, side) => use.classList.add(HALVES[this.role][side]));
    this.element = pane;
    this.talk = pane.querySelector(".talk");
    this.fresh = pane.querySelector(".fresh");
    this.switch = pane.querySelector("select");
    this.tell = teller(pane.querySelector(".heard"));
    this.composer = new Composer(pane, () => this.chat, this.tell);
    this.fresh.onclick = () => this.toNewest();
    this.switch.onchange = () => this.showPerson(this.switch.value);
    this.talk.onscroll = () => this.atEnd() && (this.fresh.hidden = true);
  }

  /** All words of the pane, in the language chosen now. */
  speak() {
    label(this.element);
    this.element.setAttribute("aria-label", say("pane", { name: this.name, role: this.tabName }));
    this.element.querySelector("h2").textContent = this.name;
    this.element.querySelector(".who p").textContent = this.subtitle;
    this.talk.setAttribute("aria-label", say("talk", { name: this.name }));
    this.composer.speak(this.role === "group" ? this.speaker : this.name);
    for (const view of this.views.values()) view.speak();
    this.showSwitch();
    this.nothingYet();
  }

  /** Bring what is shown in line with the chat, keeping every message that has not changed. */
  showChat() {
    const known = new Set(this.chat.messages.map(({ id }) => id));
    for (const [id, view] of this.views) if (!known.has(id)) this.takeAway(id, view);
    for (const message of this.chat.messages) this.put(message);
    this.spaceOut();
    this.toNewest();
  }

  showPerson(chat) {
    this.composer.leave(this.chatId);
    this.chatId = chat;
    this.news.delete(chat);
    this.views.clear();
    this.talk.replaceChildren();
    this.composer.enter(chat);
    this.showChat();
    this.speak();
  }

  /** A message came (`fresh`) or changed, in this chat or another. */
  hear(chat, message, fresh) {
    if (chat !== this.chatId) return this.hearElsewhere(chat, fresh);
    this.put(message);
    this.spaceOut();
    if (!fresh) return;
    this.unread = !this.selected;
    this.busy() ? (this.fresh.hidden = false) : this.toNewest();
  }

  hearElsewhere(chat, fresh) {
    if (this.role === "group" || !fresh || !this.room.people.some((person) => person.chat === chat)) return;
    if (this.room.shown(chat)) return;
    this.news.add(chat);
    this.showSwitch();
  }

  put(message) {
    const view = this.views.get(message.id);
    if (message.deleted) return view && this.takeAway(message.id, view);
    if (view) return view.update(message);
    const made = new MessageView(message, this);
    this.views.set(message.id, made);
    this.talk.append(made.element);
    this.nothingYet();
  }

  /** A word in an empty chat, so that nobody faces a blank pane. */
  nothingYet() {
    this.talk.querySelector(".note")?.remove();
    if (this.views.size) return;
    const key = this.role === "employee" ? "empty.begin" : "empty";
    this.talk.append(Object.assign(document.createElement("p"), { className: "note", textContent: say(key) }));
  }

  takeAway(id, view) {
    view.element.remove();
    this.views.delete(id);
  }

  /** The time stands over a message only where it says something new. */
  spaceOut() {
    let before = "";
    for (const view of this.views.values()) before = view.follow(before);
  }

  nameOf(sender) {
    return this.room.people.find(({ id }) => id === sender)?.name ?? sender;
  }

  showSwitch() {
    if (this.role === "group") return this.switch.remove();
    this.switch.setAttribute("aria-label", say("switch"));
    const talked = ({ chat }) => chat === this.chatId || this.room.chats.get(chat)?.messages.length;
    const listed = { talked: this.room.people.filter(talked), others: this.room.people.filter((p) => !talked(p)) };
    const groups = Object.entries(listed).filter(([, people]) => people.length);
    this.switch.replaceChildren(...groups.map(([name, people]) => this.options(name, people)));
    this.switch.value = this.chatId;
    this.switch.parentElement.classList.toggle("unread", this.news.size > 0);
  }

  options(name, listed) {
    const group = document.createElement("optgroup");
    group.label = say(`switch.${name}`);
    const words = ({ name, chat }) => (this.news.has(chat) ? say("switch.new", { name }) : name);
    group.append(...listed.map((person) => new Option(words(person), person.chat)));
    return group;
  }

  select(selected) {
    this.selected = selected;
    this.element.classList.toggle("on", selected);
    if (selected) this.unread = false;
    if (selected) this.toNewest();
  }

  /** Whether somebody is writing in a card here: then nothing may move under their hands. */
  busy() {
    return this.talk.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  }

  atEnd() {
    return this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 40;
  }

  /** Scroll to where a message begins, unless all of it is in sight. */
  show({ element }) {
    const { top, bottom } = element.getBoundingClientRect();
    const sight = this.scrolls() ? this.talk.getBoundingClientRect() : this.sightOfPage();
    if (top >= sight.top && bottom <= sight.bottom) return;
    if (this.scrolls()) this.talk.scrollTop = element.offsetTop - 16;
    else if (this.selected) element.scrollIntoView();
  }

  /** What of a narrow window is between the tabs and the field. */
  sightOfPage() {
    return { top: parseFloat(getComputedStyle(this.talk.firstElementChild).scrollMarginTop), bottom: this.composer.form.getBoundingClientRect().top };
  }

  /** In a narrow window the page scrolls, and not the conversation in it. */
  scrolls() {
    return getComputedStyle(this.talk).overflowY === "auto";
  }

  /** Scroll so that the newest message begins at the top, or stands at the foot if it is short. */
  toNewest() {
    this.fresh.hidden = true;
    const newest = [...this.views.values()].at(-1)?.element;
    if (!newest) return;
    if (this.scrolls()) this.talk.scrollTop = newest.offsetTop - 16;
    else if (this.selected) newest.scrollIntoView();
  }
}
