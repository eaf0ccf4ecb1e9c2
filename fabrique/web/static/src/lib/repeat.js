// What I answered, said again on my screen once the answers are closed and before they are shown.

/** Show an answer in the place that holds every line it may need; nothing where I gave none. */
export function repeat(place, answer) {
  place.hidden = !answer;
  if (!answer) return;
  const list = place.querySelector("ul, ol");
  const chosen = answer.choice ?? answer.order;
  for (const line of list.children) {
    const { index, said, of } = line.dataset;
    if (said) line.textContent = words(answer[said], of);
    if (index) line.hidden = !chosen?.includes(Number(index));
    else line.hidden = said ? !line.textContent : !isNone(answer, chosen);
  }
  if (answer.order) order(list, answer.order);
}

function words(value, of) {
  if (value === undefined || value === null) return "";
  return of ? `${value} / ${of}` : String(value);
}

/** Nothing chosen, or no opinion: said on purpose. */
function isNone(answer, chosen) {
  return chosen ? !chosen.length : answer.value === null;
}

function order(list, wanted) {
  const place = (line) => wanted.indexOf(Number(line.dataset.index));
  list.append(...[...list.children].sort((a, b) => place(a) - place(b)));
}
