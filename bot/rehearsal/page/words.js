// What the page itself says, in the language chosen, and how it says moments. The bot's own words come from the bot.

const LOCALES = { da: "da-DK", en: "en-GB" };
const HERE = "Europe/Copenhagen";
const said = {};
let language = "da";

export const current = () => language;
export const other = () => (language === "da" ? "en" : "da");

export async function load() {
  for (const name of Object.keys(LOCALES)) said[name] = await (await fetch(`/words/${name}.json`)).json();
}

export function choose(name) {
  language = name in LOCALES ? name : "da";
  document.documentElement.lang = language;
}

/** The words of `key` with its named places filled. */
export function say(key, values = {}) {
  return said[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Put the words on everything in `within` that names them. */
export function label(within = document) {
  for (const element of within.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
}

/** A moment in Danish time; `shape` is long, short, day or time. */
export function moment(at, shape) {
  return say(`moment.${shape}`, { ...parts(at, "long"), ...shortened(parts(at, "short")) });
}

function parts(at, length) {
  const asked = { weekday: length, day: "numeric", month: length, hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: HERE };
  const found = new Intl.DateTimeFormat(LOCALES[language], asked).formatToParts(new Date(at));
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

const shortened = ({ weekday, month, hour }) => ({
  weekday_short: weekday.slice(0, 3),
  month_short: month.replace(".", ""),
  hour: String(Number(hour)),
});

/** How long there is left of so many milliseconds, rounded down. */
export function left(milliseconds) {
  const minutes = Math.floor(milliseconds / 60e3);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return hours === 1 ? say("left.hour") : say("left.hours", { count: hours });
  if (minutes > 0) return minutes === 1 ? say("left.minute") : say("left.minutes", { count: minutes });
  return say("left.now");
}
