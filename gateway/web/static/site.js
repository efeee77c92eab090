// Nothing here is needed: pages work without it.
const errors = document.getElementById("errors");
if (errors) errors.focus();
for (const form of document.forms)
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
// A page that Back shows from memory may be of a session that is over by now: it is asked for anew, but not over what was typed.
const typed = () => [...document.querySelectorAll("input, textarea")].some((one) => one.value !== one.defaultValue);
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector('a[href="/sign-out"]') && !typed()) location.reload();
});
for (const one of document.querySelectorAll("[data-leave]"))
  one.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(one.href);
  });
if ("speechSynthesis" in window && speechSynthesis.getVoices().some((voice) => voice.lang.startsWith("zh"))) {
  const button = document.createElement("button");
  button.textContent = "读给我听";
  button.className = "quiet read";
  button.type = "button";
  button.onclick = () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    said.lang = "zh-CN";
    speechSynthesis.speak(said);
  };
  document.getElementById("main").prepend(button);
}
const secret = document.getElementById("secret");
if (secret && location.pathname === "/invitation" && location.hash.length > 1) {
  secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}
