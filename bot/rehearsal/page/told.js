// One line that comes and goes: the page's own at its foot, and one over the field in each pane.

const READ_FOR = 6000; // milliseconds

/** A function that says words in `line` for as long as it takes to read them. */
export function teller(line) {
  let hush;
  return (words) => {
    line.textContent = words;
    clearTimeout(hush);
    hush = setTimeout(() => line.replaceChildren(), READ_FOR);
  };
}

export const told = teller(document.getElementById("told"));
