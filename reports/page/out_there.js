// @ts-check
import { showCase, showFirstHour } from "./case.js";
import { elements, find, onPress, part } from "./dom.js";
import { showLooking } from "./looking.js";
import { more } from "./more.js";
import { showPreparing } from "./preparing.js";
import { show } from "./screen.js";
import { say } from "./words.js";
import { showLetters } from "./writing.js";

/** Show what this page can do. */
function showDoors() {
  show("start", { again: showDoors }, (screen) => {
    onPress(part(screen, "case"), () => showCase(showDoors));
    onPress(part(screen, "first_hour"), () => showFirstHour(showDoors));
    onPress(part(screen, "letters"), showLetters);
    onPress(part(screen, "searches"), () => showLooking(showDoors));
    onPress(part(screen, "preparing"), () => showPreparing(showDoors));
    for (const [name, open] of Object.entries(more.doors)) onPress(part(screen, name), () => open(showDoors));
    return say("page_title");
  });
}

/** Take what is there without a script away, and begin. */
function start() {
  find(document, "#sheet").hidden = true;
  for (const one of elements(document, "[data-app]")) one.hidden = false;
  onPress(find(document, "#to-start"), showDoors);
  showDoors();
}

start();
