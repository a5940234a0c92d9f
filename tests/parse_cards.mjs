// Reads cards as [[name, card], ...] from stdin, parses each with Microsoft's renderer, and prints what it complains of.
import { createRequire } from "node:module";

const require = createRequire(new URL("../bot/rehearsal/page/package.json", import.meta.url));
const { AdaptiveCard, CardElement, HostConfig, SerializationContext, Versions } = require(
  "adaptivecards/dist/adaptivecards.min.js",
);
const OURS_BY_FALLBACK = ["ProgressBar", "Chart.HorizontalBar", "Chart.Donut"].map(
  (type) => `Unknown element type "${type}". Fallback will be used if present.`,
);
const teams = new HostConfig({ actions: { maxActions: 6 } });

function complaintsOf([name, json]) {
  CardElement.langProperty.regEx.lastIndex = 0; // the library keeps its place in a global pattern: every other card failed
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.hostConfig = teams;
  card.parse(json, context);
  const read = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
  const whole = card.validateProperties().validationEvents.map((event) => event.message);
  const empty = card.getItemCount() ? [] : ["nothing was drawn"];
  return [...read, ...whole, ...empty].filter((said) => !OURS_BY_FALLBACK.includes(said)).map((said) => `${name}: ${said}`);
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
console.log(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString("utf8")).flatMap(complaintsOf)));
