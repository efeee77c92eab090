// Who would have to wait may compute instead (Hashcash): SHA-256 of "challenge:number" has to begin with so many zero bits.
// Only pages that ask for it load this; without script the sentence on the page says how long to wait.
const hidden = document.querySelector("input[data-challenge]"), form = hidden.form, said = document.getElementById("work");
const primes = [], bits = Number(hidden.dataset.bits), prefix = hidden.dataset.challenge + ":";
for (let one = 2; primes.length < 64; one++) if (primes.every((prime) => one % prime)) primes.push(one);
const part = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => part(Math.cbrt(prime)));
const BEGIN = Int32Array.from(primes.slice(0, 8), (prime) => part(Math.sqrt(prime)));
const w = new Int32Array(64), turn = (x, n) => (x >>> n) | (x << (32 - n));
function block(state, bytes, from) {
  for (let i = 0; i < 16; i++, from += 4)
    w[i] = (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3];
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}
const whole = Math.floor(prefix.length / 64) * 64, coded = (text) => new TextEncoder().encode(text);
const midstate = BEGIN.slice(), state = new Int32Array(8), head = coded(prefix);
let number = 0, wanted = false;
for (let at = 0; at < whole; at += 64) block(midstate, head, at);
const begun = head.length - whole, tail = new Uint8Array(128);
tail.set(head.slice(whole));
function solves(number) {
  const digits = String(number), length = begun + digits.length, size = length < 56 ? 64 : 128;
  for (let i = 0; i < digits.length; i++) tail[begun + i] = digits.charCodeAt(i);
  tail.fill(0, length);
  tail[length] = 128;
  tail[size - 1] = ((whole + length) * 8) & 255;
  tail[size - 2] = ((whole + length) * 8) >>> 8;
  state.set(midstate);
  for (let at = 0; at < size; at += 64) block(state, tail, at);
  return state[0] >>> (32 - Math.min(bits, 32)) === 0;
}
const ready = () => [...form.querySelectorAll("input[type=password]")].every((one) => one.value);
form.addEventListener("submit", (event) => {
  if (hidden.value) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  wanted = true;
}, true);
said.hidden = false;
said.textContent = "正在做安全验证，做完就能马上再试，不用等。";
(function work() {
  for (const end = number + 4000; number < end; number++)
    if (solves(number)) {
      hidden.value = prefix + number;
      said.textContent = ready() ? "安全验证做好了。" : "安全验证做好了，请重新填写密码，再点按钮。";
      if (wanted || ready()) form.requestSubmit();
      return;
    }
  setTimeout(work);
})();
