// What pdf-lib, a library that many web pages fill in forms with, does with a PDF.
//
//   node pdflib.mjs read FILE                                    prints {field: value} as JSON
//   node pdflib.mjs fill FILE OUT.pdf [flatten] < VALUES.json    fills in {field: text or state}
import { readFileSync, writeFileSync } from "node:fs";
import { PDFCheckBox, PDFDocument, PDFRadioGroup, PDFTextField } from "pdf-lib";

async function read(file) {
  const values = {};
  for (const field of (await PDFDocument.load(readFileSync(file))).getForm().getFields()) {
    if (field instanceof PDFTextField) values[field.getName()] = field.getText() ?? "";
    if (field instanceof PDFCheckBox) values[field.getName()] = field.isChecked();
    if (field instanceof PDFRadioGroup) values[field.getName()] = field.getSelected() ?? "";
  }
  console.log(JSON.stringify(values));
}

async function fill(file, out, flatten) {
  const pdf = await PDFDocument.load(readFileSync(file));
  const form = pdf.getForm();
  for (const [name, value] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
    const field = form.getField(name);
    if (field instanceof PDFTextField) field.setText(value);
    else if (field instanceof PDFCheckBox) field.check();
    else field.select(value);
  }
  if (flatten) form.flatten();
  writeFileSync(out, await pdf.save());
}

const [command, ...rest] = process.argv.slice(2);
await { read, fill }[command](...rest);
