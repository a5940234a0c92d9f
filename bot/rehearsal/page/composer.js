// Where a person writes: words, files chosen, dropped or pasted. What is not yet sent stays with its chat.

import { post } from "/server.js";
import { say } from "/words.js";

export class Composer {
  /** `tell(words)`: says what came of sending. */
  constructor(pane, chat, tell) {
    this.chat = chat;
    this.tell = tell;
    this.pane = pane;
    this.form = pane.querySelector(".write");
    this.field = pane.querySelector("textarea");
    this.chooser = pane.querySelector("input[type=file]");
    this.chips = pane.querySelector(".files");
    this.files = []; // { file, pasted }
    this.left = new Map(); // chat id → { text, files } not yet sent
    this.personal = pane.id !== "pane-group";
    this.bind();
  }

  bind() {
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.send();
    };
    this.field.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    };
    const attach = this.pane.querySelector(".attach");
    if (!this.personal) return attach.remove(); // a bot receives files in personal chats only
    attach.onclick = () => this.chooser.click();
    this.chooser.onchange = () => this.add(this.chooser.files, false);
    this.field.onpaste = (event) => this.paste(event);
    this.bindDrop();
  }

  bindDrop() {
    const over = (on) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.pane.classList.toggle("dropping", on);
    };
    this.pane.ondragover = over(true);
    this.pane.ondragleave = (event) => this.pane.contains(event.relatedTarget) || over(false)(event);
    this.pane.ondrop = (event) => {
      over(false)(event);
      this.add(event.dataTransfer.files, false);
    };
  }

  paste(event) {
    const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    this.add(pictures, true);
  }

  add(files, pasted) {
    this.files.push(...[...files].map((file) => ({ file, pasted })));
    this.chooser.value = "";
    this.showFiles();
    this.field.focus();
  }

  showFiles() {
    this.chips.replaceChildren(...this.files.map((chosen) => this.chip(chosen)));
  }

  chip(chosen) {
    const item = document.createElement("li");
    const name = chosen.pasted ? say("file.pasted") : chosen.file.name;
    const away = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    away.setAttribute("aria-label", say("file.take_away", { file: name }));
    away.onclick = () => {
      this.files = this.files.filter((other) => other !== chosen);
      this.showFiles();
      this.field.focus();
    };
    item.append(name, away);
    return item;
  }

  speak(name) {
    this.field.placeholder = say("write");
    this.field.setAttribute("aria-label", say("write.as", { name }));
    this.pane.querySelector(".attach")?.setAttribute("aria-label", say("attach", { name }));
    this.pane.dataset.drop = say("drop");
    this.showFiles();
  }

  leave(chat) {
    this.left.set(chat, { text: this.field.value, files: this.files });
  }

  enter(chat) {
    const { text, files } = this.left.get(chat) ?? { text: "", files: [] };
    this.field.value = text;
    this.files = files;
    this.showFiles();
  }

  /** Send and empty; what could not reach the room at all is put back. */
  async send() {
    const chat = this.chat().id;
    const unsent = { text: this.field.value, files: this.files };
    if (!unsent.text.trim() && !unsent.files.length) return;
    this.restore({ text: "", files: [] });
    this.tell("");
    const answer = await post("/api/say", asForm(chat, unsent), this.tell);
    if (answer.status !== undefined) return;
    if (this.chat().id === chat) this.restore(unsent);
    else this.left.set(chat, unsent);
  }

  restore({ text, files }) {
    this.field.value = text;
    this.files = files;
    this.showFiles();
  }
}

function asForm(chat, { text, files }) {
  const form = new FormData();
  form.append("chat", chat);
  form.append("text", text.trim());
  for (const { file, pasted } of files) form.append(pasted ? "pasted" : "file", file);
  return form;
}
