// An act that cannot be undone is asked twice, on the button itself: no trap, no dialog.
const PATIENCE = 8000;

/** Whether the button was asked and answered; the second half of a double click answers nothing. */
export function confirmed(button, question, event) {
  if (button.dataset.asked) {
    if (event.detail > 1) return false;
    calm(button);
    return true;
  }
  button.dataset.asked = button.textContent;
  button.textContent = question;
  button.addEventListener("blur", () => calm(button), { once: true });
  setTimeout(() => calm(button), PATIENCE);
  return false;
}

/** Let a question go, unanswered. */
export function calm(button) {
  if (!button.dataset.asked) return;
  button.textContent = button.dataset.asked;
  delete button.dataset.asked;
}
