// Shows only what holds every word that is looked for; without this script the page is whole, and the browser can search it.
const box = document.querySelector("search"), field = box.querySelector("input"), told = box.querySelector("output");
const parts = [...document.querySelectorAll("article")].map((one) => [one, one.textContent.toLowerCase()]);
const around = [...document.querySelectorAll("main section, nav")];
function look() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [one, text] of parts) {
    one.hidden = !words.every((word) => text.includes(word));
    found += !one.hidden;
  }
  for (const one of around) one.hidden = words.length > 0 && !one.querySelector("article:not([hidden])");
  told.textContent = words.length ? `${found} 处` : "";
}
box.hidden = false;
field.addEventListener("input", look);
