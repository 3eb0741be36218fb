import { t } from '../language/translate.js';

// Images are drawn anew before they leave: no larger than models look at, and without what a camera
// has written into them.
const longest = 2048;
const largePng = 1 << 20;

/** How large an image is sent: its sides, the longer one at most `most`. */
export function fitted({ width, height }, most = longest) {
  const scale = Math.min(1, most / Math.max(width, height));
  const side = (length) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** What is sent of a file: of an image another, of all else the file itself. */
export async function smallerImage(file) {
  const name = file.name || `pasted.${file.type.split('/')[1] ?? 'txt'}`;
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml') return { body: file, name };
  const canvas = await drawn(file);
  const body = await encoded(canvas, file.type === 'image/jpeg');
  const ending = body.type === 'image/png' ? '.png' : '.jpg';
  return { body, name: name.replace(/(\.\w{1,5})?$/, ending) };
}

async function drawn(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    const why = t('This image cannot be read. It is damaged, too large, or of an unusual kind.');
    throw new Error(why);
  });
  const canvas = Object.assign(document.createElement('canvas'), fitted(bitmap));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/** A photo as JPEG; what may have letters and sharp edges as PNG, unless that is large. */
async function encoded(canvas, isPhoto) {
  const png = isPhoto ? null : await blobOf(canvas, 'image/png');
  if (png && png.size <= largePng) return png;
  const context = canvas.getContext('2d');
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return blobOf(canvas, 'image/jpeg');
}

const blobOf = (canvas, type) =>
  new Promise((resolve, reject) => {
    const tooLarge = () => reject(new Error(t('This image is too large.')));
    const taken = (blob) => (blob ? resolve(blob) : tooLarge());
    canvas.toBlob(taken, type, 0.87);
  });
