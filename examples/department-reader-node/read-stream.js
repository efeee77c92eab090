// Reads a department's stream: keeps its place in a file, comes back after every outage, and tells what the stream has dropped.
//
// What `GET /departments/own` shows under `stream` comes in by the environment: BROKER (host:port), TLS (1 or nothing), VHOST,
// STREAM_USER, STREAM_PASSWORD, STREAM. PLACE_FILE is where the place is kept; HEARTBEAT in seconds is after how long a broker
// that says nothing counts as gone. Where personal fields are granted, BASE is the API's address and KEY a machine key: no stream
// carries names or phones.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import amqplib from "amqplib";

const { BROKER, TLS, VHOST, STREAM_USER, STREAM_PASSWORD, STREAM } = process.env;
const { BASE, KEY } = process.env;
const { PLACE_FILE = "place.json", HEARTBEAT = "30" } = process.env;
const FIRST_PAUSE = 1_000, LONGEST_PAUSE = 30_000, PREFETCH = 100;

let place = existsSync(PLACE_FILE) ? JSON.parse(readFileSync(PLACE_FILE)) : { offset: null, number: 0 };
let ended = false;
let connection;

function keep(next) {
  writeFileSync(`${PLACE_FILE}.new`, JSON.stringify(next));
  renameSync(`${PLACE_FILE}.new`, PLACE_FILE); // a crash leaves the old place or the new one
  place = next;
}

function handle(event, data) {
  console.log(event.type, event.subject, event.sequence, JSON.stringify(data)); // your own work goes here
}

async function whole(event, body) { // the event's data, with the personal fields that are granted now
  const data = JSON.parse(body);
  if (event.personaldata !== "pull" || !KEY) return data;
  const query = new URLSearchParams({ from_event: event.id, limit: 1 });
  const asked = { headers: { Authorization: `Bearer ${KEY}` }, signal: AbortSignal.timeout(30_000) };
  const answer = await fetch(`${BASE}/events?${query}`, asked);
  if (answer.status === 429 || answer.status >= 500) throw new Error(`GET /events: ${answer.status}`); // it is read again
  if (!answer.ok) return data; // no longer granted
  const [found] = (await answer.json()).items;
  return found?.id === event.id ? found.data : data;
}

async function take(channel, message) {
  const { headers } = message.properties;
  const event = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace("cloudEvents:", ""), value]));
  const number = Number(event.feednumber);
  if (number > place.number + 1) {
    console.log(`missing ${place.number + 1} to ${number - 1}: GET /events?after=<feedposition of the last one seen>`);
  }
  if (number > place.number) { // at least once: a repeat has the number of the first time
    handle(event, await whole(event, message.content.toString()));
  }
  keep({ offset: headers["x-stream-offset"], number: Math.max(number, place.number) });
  channel.ack(message);
}

async function read() {
  const [hostname, port] = BROKER.split(":");
  connection = await amqplib.connect({
    protocol: TLS ? "amqps" : "amqp", hostname, port: Number(port), vhost: VHOST,
    username: STREAM_USER, password: STREAM_PASSWORD, heartbeat: Number(HEARTBEAT),
  }, { timeout: 10_000 });
  // without these three a lost connection or a cancelled reader stays silent for ever
  const over = new Promise((resolve) => connection.on("close", resolve));
  connection.on("error", (error) => console.error(error.message));
  const channel = await connection.createChannel();
  channel.on("error", (error) => console.error(error.message));
  channel.on("close", () => connection.close().catch(() => {}));
  await channel.prefetch(PREFETCH); // obligatory for streams
  const from = place.offset === null ? "first" : place.offset + 1;
  let before = Promise.resolve(), failed = false; // one after the other: behind one that failed none is taken
  const next = (message) => failed ? undefined : take(channel, message).catch((error) => {
    failed = true;
    console.error(error.message);
    connection.close().catch(() => {});
  });
  await channel.consume(STREAM, (message) => {
    if (message === null) return void connection.close().catch(() => {}); // the broker has cancelled the reader
    before = before.then(() => next(message));
  }, { arguments: { "x-stream-offset": from } });
  return over;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    ended = true;
    Promise.resolve(connection?.close()).catch(() => {}).finally(() => process.exit(0));
  });
}

let pause = FIRST_PAUSE;
while (!ended) {
  const began = Date.now();
  try {
    await read();
  } catch (error) {
    console.error(error.message);
  }
  pause = Date.now() - began > LONGEST_PAUSE ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
  if (!ended) await sleep(pause * (0.5 + Math.random() / 2));
}
