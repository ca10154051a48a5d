// What pdf.js, the viewer of Firefox, does with a PDF.
//
//   node pdfjs.mjs show FILE PAGE SCALE OUT.png      draws a page; prints {field: value} as JSON
//   node pdfjs.mjs fill FILE OUT.pdf < VALUES.json   types {field: text, or a button's state}, saves
import { readFileSync, writeFileSync } from "node:fs";
import { createCanvas, DOMMatrix, ImageData, Path2D } from "@napi-rs/canvas";

Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
const { AnnotationMode, getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const folder = new URL("./node_modules/pdfjs-dist/", import.meta.url).pathname;

const opened = (file) => getDocument({
  data: new Uint8Array(readFileSync(file)),
  cMapUrl: `${folder}cmaps/`,
  standardFontDataUrl: `${folder}standard_fonts/`,
  verbosity: 0,
}).promise;

const widgets = async (page) => (await page.getAnnotations()).filter((one) => one.subtype === "Widget");

async function show(file, number, scale, out) {
  const pdf = await opened(file);
  const page = await pdf.getPage(Number(number));
  const viewport = page.getViewport({ scale: Number(scale) });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE }).promise;
  writeFileSync(out, canvas.toBuffer("image/png"));
  const values = {};
  for (const { fieldName, fieldValue } of await widgets(page)) {
    // Each button of a group tells; the one that is on is right.
    if (!values[fieldName] || values[fieldName] === "Off") values[fieldName] = fieldValue ?? null;
  }
  console.log(JSON.stringify(values));
}

async function fill(file, out) {
  const pdf = await opened(file);
  const values = JSON.parse(readFileSync(0, "utf-8"));
  for (let number = 1; number <= pdf.numPages; number++) {
    for (const one of await widgets(await pdf.getPage(number))) {
      if (!(one.fieldName in values)) continue;
      const typed = values[one.fieldName];
      const state = one.radioButton ? one.buttonValue === typed : one.checkBox ? one.exportValue === typed : typed;
      pdf.annotationStorage.setValue(one.id, { value: state });
    }
  }
  writeFileSync(out, await pdf.saveDocument());
}

const [command, ...rest] = process.argv.slice(2);
await { show, fill }[command](...rest);
process.exit(0);
