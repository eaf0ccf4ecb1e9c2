// The control that adds presentations, on whatever page has one.
import { AddSlides } from "./lib/slides.js";

customElements.define("add-slides", AddSlides);
