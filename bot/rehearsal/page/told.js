// One line at the foot of the page that comes and goes.

const READ_FOR = 6000; // milliseconds
let hush;

export function told(words) {
  const line = document.getElementById("told");
  line.textContent = words;
  line.classList.add("on");
  clearTimeout(hush);
  hush = setTimeout(() => line.classList.remove("on"), READ_FOR);
}
