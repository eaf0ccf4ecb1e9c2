// A picture of a phone is made small before it is sent: a form carries one megabyte.
const QUALITY = 0.85;

async function smaller(file, widest) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([blob], "picture.jpg", { type: "image/jpeg" });
}

for (const form of document.querySelectorAll("form[data-widest]")) {
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    try {
      const kept = new DataTransfer();
      kept.items.add(await smaller(input.files[0], Number(form.dataset.widest)));
      input.files = kept.files;
    } catch {
      // What no browser can read is sent as it is: the server says why it is refused.
    }
  });
}
