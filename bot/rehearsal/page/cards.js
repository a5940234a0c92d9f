// Cards, drawn by Microsoft's renderer in the room's own clothes. Colours are CSS variables, so that a change of theme
// repaints a card and keeps what is half written in it.

const { AdaptiveCard, HostConfig, SerializationContext, Versions } = window.AdaptiveCards;
const markdown = window.markdownit({ html: false, linkify: false }).disable("image");

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const ink = { default: "var(--ink)", subtle: "var(--muted)" };
const petrol = { default: "var(--petrol)", subtle: "var(--petrol)" };
const colours = { default: ink, dark: ink, light: ink, accent: petrol, good: ink, warning: ink, attention: ink };
const worn = (background) => ({ backgroundColor: background, foregroundColors: colours });

const look = () =>
  new HostConfig({
    supportsInteractivity: true,
    fontFamily: "var(--font)",
    spacing: { small: 6, default: 10, medium: 16, large: 22, extraLarge: 28, padding: 16 },
    separator: { lineThickness: 1, lineColor: "var(--line)" },
    fontSizes: { small: 13, default: 15, medium: 16, large: 19, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 18, default: 22, medium: 23, large: 25, extraLarge: 30 },
    textBlock: { headingLevel: 3 },
    imageSizes: { small: 40, medium: 80, large: 160 },
    containerStyles: {
      default: worn("var(--surface)"),
      emphasis: worn("var(--sunken)"),
      accent: worn("var(--sunken)"),
      good: worn("var(--sunken)"),
      warning: worn("var(--sunken)"),
      attention: worn("var(--sunken)"),
    },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { suffix: " *", suffixColor: "Default" },
        optionalInputs: {},
      },
      errorMessage: { color: "default", weight: "bolder", size: "small", spacing: "small" },
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      spacing: "large",
      showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    },
  });

/** The card as an element; `press(action, data)` is called for buttons that go to the bot. Null when it has no sense. */
export function draw(json, press) {
  const card = new AdaptiveCard();
  card.hostConfig = look();
  card.parse(json, new SerializationContext(Versions.v1_5));
  card.onExecuteAction = (action) => carryOut(action, press);
  const drawn = card.render();
  if (drawn) tend(drawn);
  return drawn;
}

/** Text of the bot's own messages. */
export function text(written) {
  const shown = document.createElement("div");
  shown.innerHTML = markdown.render(written);
  openElsewhere(shown);
  return shown;
}

function carryOut(action, press) {
  const kind = action.getJsonTypeName();
  if (kind === "Action.OpenUrl") window.open(action.url, "_blank", "noopener,noreferrer");
  else if (kind === "Action.Submit" || kind === "Action.Execute")
    press({ type: kind, id: action.id, verb: action.verb, title: action.title }, action.data || {});
}

function tend(drawn) {
  drawn.removeAttribute("tabindex"); // the buttons are the stops, not the card
  openElsewhere(drawn);
}

function openElsewhere(within) {
  for (const link of within.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}
