// Who sits where, asked of the room as one act; then back to the console.
const { code, token } = document.body.dataset;
const form = document.querySelector("#seats");
const refusal = document.querySelector("#refusal");
const op = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16)).join("");
let tries = 0;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = form.querySelector("input:invalid");
  if (wrong) return wrong.focus();
  const answer = await ask(seats()).catch(() => ({}));
  const [reply] = answer.replies ?? [];
  if (reply && "ack" in reply) return location.assign("console");
  refusal.hidden = false;
  refusal.firstElementChild.textContent = reply?.text ?? answer.error ?? form.dataset.lost;
  refusal.focus();
  return undefined;
});

function seats() {
  const given = [...form.querySelectorAll("input[type=number]")].filter((one) => one.value);
  const of = Object.fromEntries(given.map((one) => [one.name, Number(one.value) - 1]));
  const groups = JSON.parse(form.dataset.titles);
  const most = Math.max(1, ...Object.values(of).map((place) => place + 1));
  while (groups.length < most) groups.push(`Table ${groups.length + 1}`);
  return { groups, by: "hand", of };
}

async function ask(body) {
  tries += 1; // what was refused is another act when it is asked again
  const lang = document.documentElement.lang;
  const ops = [{ op: `${op}-${tries}`, do: "group.split", ...body }];
  const response = await fetch(`/live/${code}/ops`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, screen: "console", lang, ops }),
  });
  return response.json();
}
