// @ts-check
import { start } from "./main.js";

start();
