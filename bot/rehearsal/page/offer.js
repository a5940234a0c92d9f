// Teams' own card that asks whether somebody wants a file from the bot. In Teams it looks as Teams wants it to.

import { post } from "/server.js";
import { say } from "/words.js";

/** The card for `view`'s message; what it says is put on it again when the language changes. */
export function draw(view) {
  const { name, size, description, answered } = view.message.question;
  const card = Object.assign(document.createElement("div"), { className: "words offer" });
  card.append(line("strong", name), ` ${say("file.size", { size: kilobytes(size) })}`, line("p", description));
  if (!answered) card.append(button(view, "file.yes", true), button(view, "file.no", false));
  return card;
}

export const kilobytes = (size) => Math.max(1, Math.round(size / 1024));

function line(kind, words) {
  return Object.assign(document.createElement(kind), { textContent: words });
}

function button(view, word, yes) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: say(word) });
  made.className = "ac-pushButton";
  made.dataset.word = word;
  made.onclick = () => view.busy(() => answer(view, yes));
  return made;
}

function answer({ pane, message }, yes) {
  return post("/api/file", { chat: pane.chatId, message: message.id, yes }, pane.tell);
}
