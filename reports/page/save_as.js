// @ts-check
import { saveWith } from "./take.js";

/**
 * Save a text where the person says. Return the name of the sentence on what became of it; "" where they changed their
 * mind.
 * @param {string} name
 * @param {string} text
 */
async function saveAs(name, text) {
  try {
    const place = await /** @type {any} */ (window).showSaveFilePicker({ suggestedName: name });
    const file = await place.createWritable();
    await file.write(text);
    await file.close();
    return "file_saved";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "" : "file_not_saved";
  }
}

saveWith({ can: () => "showSaveFilePicker" in window, save: saveAs });
