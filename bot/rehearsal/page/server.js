// Talks to the practice room's server. Trouble is told in words, never thrown.

import { told } from "/told.js";
import { say } from "/words.js";

export async function get(path) {
  return (await fetch(path)).json();
}

/** Send an object as JSON, or a form as it is. Answers `{ok, status, words, …}`; its words are told by `tell`. */
export async function post(path, sent, tell = told) {
  const form = sent instanceof FormData;
  const body = form ? sent : JSON.stringify(sent);
  const headers = form ? {} : { "Content-Type": "application/json" };
  try {
    const response = await fetch(path, { method: "POST", body, headers });
    return response.ok ? heard(await response.json(), tell) : unheard(response.status, tell);
  } catch {
    tell(say("trouble.room"));
    return { ok: false };
  }
}

function heard(answer, tell) {
  if (answer.words) tell(answer.words);
  else if (answer.ok === false) tell(trouble(answer.status));
  return answer;
}

function unheard(status, tell) {
  tell(status === 413 ? say("trouble.too_large") : say("trouble.room"));
  return { ok: false };
}

function trouble(status) {
  if (!status) return say("trouble.unreachable");
  return say(status < 500 ? "trouble.refused" : "trouble.broken", { status });
}
