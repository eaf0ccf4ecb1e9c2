// The questions of a questionnaire, and any list of things with ids: added, moved, taken out.

const ORDER = ""; // the key under which a change gives the order of a list

export class Items {
  constructor(root, { editor, starters }) {
    Object.assign(this, { editor, starters });
    root.addEventListener("click", (event) => this.click(event.target));
  }

  click(target) {
    const button = target.closest("[data-item-add], [data-item-move], [data-item-drop]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const list = button.closest("[data-items]");
    const { itemAdd, itemMove } = button.dataset;
    if (itemAdd) this.add(list, itemAdd);
    else if (itemMove) this.move(list, button.closest("[data-item]"), Number(itemMove));
    else this.change(list, { [button.closest("[data-item]").dataset.item]: null });
  }

  add(list, kind) {
    const ids = this.ids(list);
    let n = ids.length + 1;
    while (ids.includes(`q${n}`)) n += 1;
    this.change(list, { [`q${n}`]: this.starters[kind] ?? { kind } });
    list.querySelector(".adding").open = false;
  }

  move(list, item, by) {
    const ids = this.ids(list);
    const at = ids.indexOf(item.dataset.item);
    [ids[at], ids[at + by]] = [ids[at + by], ids[at]];
    this.change(list, { [ORDER]: ids });
  }

  ids(list) {
    return [...list.querySelector("ol").children].map((item) => item.dataset.item);
  }

  change(list, change) {
    const path = JSON.parse(list.dataset.items);
    // A list that is empty has no ids yet: it is given whole.
    const whole = this.ids(list).length || ORDER in change;
    const made = Object.entries(change).map(([id, thing]) => ({ ...thing, id }));
    const nested = path.reduceRight((inner, key) => ({ [key]: inner }), whole ? change : made);
    this.editor.change(list.closest("[data-step]").dataset.step, nested);
  }
}
