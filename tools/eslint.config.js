// Sources: no mistake. Built files: nothing that the oldest browsers served (package.json) lack.
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";
import globals from "globals";

const languageOptions = { globals: globals.browser, ecmaVersion: 2022, sourceType: "module" };

// Without types, arrays' own map and reduce would be taken for those of iterators.
const iterators = Object.keys(esx.rules).filter((name) => name.startsWith("no-iterator-prototype-"));

export default [
  {
    ...js.configs.recommended,
    files: ["fabrique/web/static/{src,kinds}/**/*.js"],
    languageOptions,
  },
  {
    // What the browser offers: fetch, custom elements, storage…
    ...compat.configs["flat/recommended"],
    files: ["fabrique/web/static/**/*.js"],
    languageOptions,
    // Asked for only where it is: a screen that sleeps is woken by hand.
    settings: { polyfills: ["navigator.wakeLock"] },
  },
  {
    // What the language offers: Chrome 96 and Safari 15.4 stop at ES2022.
    ...esx.configs["flat/restrict-to-es2022"],
    files: ["fabrique/web/static/**/*.js"],
    settings: { "es-x": { aggressive: true } },
  },
  {
    files: ["fabrique/web/static/**/*.js"],
    rules: Object.fromEntries(iterators.map((name) => [`es-x/${name}`, "off"])),
  },
];
