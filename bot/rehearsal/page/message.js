// One message: a person's words, the bot's words, or a card.

import * as cards from "/cards.js";
import * as offer from "/offer.js";
import { post } from "/server.js";
import { label, moment, say } from "/words.js";

const BOT = "vaern";

export class MessageView {
  constructor(message, pane) {
    this.pane = pane;
    this.element = document.createElement("div");
    this.element.className = "message";
    this.when = Object.assign(document.createElement("p"), { className: "when" });
    this.body = document.createElement("form"); // choices of the same name in other cards are other choices
    this.body.onsubmit = (event) => event.preventDefault();
    this.element.append(this.when, this.body);
    this.update(message);
  }

  update(message) {
    const drawn = JSON.stringify([message.text, message.card, message.files, message.question]);
    this.message = message;
    this.speak();
    if (drawn === this.drawn) return;
    const focused = this.body.contains(document.activeElement);
    this.drawn = drawn;
    this.draw();
    if (!focused) return;
    this.body.focus({ preventScroll: true }); // the button is gone; stay where the person was
    this.pane.show(this); // what is new stands first
  }

  speak() {
    const at = moment(this.message.at, "short");
    const named = this.pane.role === "group" && this.message.sender !== BOT;
    this.when.textContent = named ? `${this.pane.nameOf(this.message.sender)} · ${at}` : at;
    for (const card of this.body.querySelectorAll(".unreadable")) card.textContent = say("card.unreadable");
    label(this.body);
  }

  /** Show the time unless it stood over the message before; answers what stands here. */
  follow(before) {
    const own = this.message.sender === BOT ? "" : this.message.sender;
    const said = this.message.card ? `${this.when.textContent}${this.message.id}` : this.when.textContent;
    this.when.hidden = this.when.textContent === before || said === before;
    this.when.classList.toggle("own", own !== "");
    return this.when.textContent;
  }

  draw() {
    const { sender, text, card, files, question } = this.message;
    this.body.className = sender === BOT ? "card" : "said";
    this.body.tabIndex = -1;
    const parts = [];
    if (text) parts.push(sender === BOT ? plain(cards.text(text)) : written(text));
    if (card) parts.push(cards.draw(card, (action, data) => this.press(action, data)) ?? unreadable());
    if (question) parts.push(offer.draw(this));
    if (files.length) parts.push(list(files, sender === BOT));
    this.body.replaceChildren(...parts);
  }

  /** A second press while the first is on its way does nothing. */
  async busy(doing) {
    if (this.body.getAttribute("aria-busy")) return;
    this.body.setAttribute("aria-busy", "true");
    this.pane.tell(""); // what was said of the press before is over
    await doing();
    this.body.removeAttribute("aria-busy");
  }

  press(action, data) {
    const pressed = { chat: this.pane.chatId, message: this.message.id, action, data };
    return this.busy(() => post("/api/press", pressed, this.pane.tell));
  }
}

function plain(words) {
  words.className = "words";
  return words;
}

function written(text) {
  return Object.assign(document.createElement("div"), { className: "own-words", textContent: text });
}

function unreadable() {
  return Object.assign(document.createElement("p"), { className: "unreadable words", textContent: say("card.unreadable") });
}

function list(files, fromUs) {
  const shown = document.createElement("ul");
  shown.className = fromUs ? "sent-files words" : "sent-files";
  shown.append(...files.map(file));
  return shown;
}

function file({ id, name, size }) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: `/api/files/${id}`, target: "_blank", rel: "noopener noreferrer" });
  link.textContent = name || say("file.pasted");
  if (name) link.download = name;
  item.append(link, ` ${say("file.size", { size: offer.kilobytes(size) })}`);
  return item;
}
