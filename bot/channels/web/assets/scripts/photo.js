// Photos are made smaller before they are sent: a code stays readable, and a bad line carries it.

const LONGEST_SIDE = 2000; // pixels
const SMALL = 1024 * 1024; // bytes; what is below is sent as it is
const QUALITY = 0.85;
const DRAWN = ["image/jpeg", "image/png", "image/webp"]; // HEIC and others go as they are

// {name, content}, smaller where that is possible and worth it; never fails.
function smaller(file) {
  const asIs = { name: file.name, content: file };
  const worth = file.size > SMALL && DRAWN.indexOf(file.type) >= 0 && typeof createImageBitmap === "function";
  if (!worth) return Promise.resolve(asIs);
  return createImageBitmap(file)
    .then(drawnSmall)
    .then((content) => (content && content.size < file.size ? { name: file.name, content } : asIs))
    .catch(() => asIs);
}

function drawnSmall(picture) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
